"""The imported tables of one edition, as small as they can be: millions of pairs and amounts fit beside the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from billing.reference.fees import Factors, RelativeValues
from billing.reference.packed import Packed, code_of, locality_number, package_number, pair_number
from billing.reference.published import PublishedFile, Span, held
from billing.reference.tables import PairEdit, Place, Price, UnitLimit

Value = TypeVar("Value")
#: the rows of one code, each with its days
Rows = Mapping[str, tuple[tuple[Span, Value], ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """What files said. No row here ships with Deltoid; nothing here decides which table answers on a day."""

    files: tuple[PublishedFile, ...] = ()
    pairs: Packed = field(default_factory=Packed)
    limits: Rows[UnitLimit] = field(default_factory=dict)
    #: ``None`` where the file names the code and only its notes tell a price
    drug_prices: Rows[Price | None] = field(default_factory=dict)
    relative_values: Rows[RelativeValues] = field(default_factory=dict)
    factors: Rows[Factors] = field(default_factory=dict)
    #: cents in the office and in a facility
    locality_amounts: Packed = field(default_factory=Packed)
    #: the codes that each HCPCS code refers to
    codes: Rows[tuple[str, ...]] = field(default_factory=dict)
    #: the codes that each add-on stands beside; ``CCCCC``: the contractor decides
    add_ons: Rows[tuple[str, ...]] = field(default_factory=dict)
    #: whether a diagnosis, written without its point, is complete
    diagnoses: Rows[bool] = field(default_factory=dict)
    places: Rows[Place | None] = field(default_factory=dict)
    #: CMS's crosswalk: the number of the code that a package is billed with
    crosswalk: Packed = field(default_factory=Packed)
    #: FDA's list of packages
    packages: Packed = field(default_factory=Packed)

    def pair(self, column1: str, column2: str, day: date) -> tuple[Span, PairEdit] | None:
        for span, (allowed,) in self.pairs.on(pair_number(column1, column2), day):
            return span, PairEdit(column1, column2, bool(allowed))
        return None

    def localities(self, day: date) -> dict[str, Factors]:
        """The localities of a day by contractor and number."""
        found = (held(rows, day) for rows in self.factors.values())
        return {row[1].key: row[1] for row in found if row}

    def locality_cents(self, locality: str, code: str, day: date) -> tuple[Span, tuple[int, ...]] | None:
        return next(self.locality_amounts.on(locality_number(locality, code), day), None)

    def codes_of(self, packages: Iterable[str], day: date) -> dict[str, Span]:
        """The codes that the crosswalk has for a package, in any of the shapes of its number."""
        found = (row for ndc in packages for row in self.crosswalk.on(package_number(ndc), day))
        return {code_of(code): span for span, (code,) in found}

    def lists(self, packages: Iterable[str], day: date) -> bool:
        """Whether FDA lists one of these numbers on the day."""
        return any(True for ndc in packages for _ in self.packages.on(package_number(ndc), day))


NOTHING = Imported()
