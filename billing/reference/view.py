"""The reference on one day: each question is put to the imported table where a file speaks, else to what ships."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from billing.codes import NAMED
from billing.reference import diagnoses, pricing
from billing.reference.products import ProductIndex
from billing.reference.published import held
from billing.reference.standing import Standing, standing
from billing.reference.tables import (
    AddOn,
    PairEdit,
    Period,
    Place,
    Price,
    Replacement,
    UnitLimit,
    UsuallySelfGiven,
)
from injections.facts.once import Remembering, once_for

if TYPE_CHECKING:
    from billing.reference import Reference

#: what NCCI writes where the contractor decides beside which codes an add-on is paid
ANY_PRIMARY = "CCCCC"


@dataclass(frozen=True, slots=True)
class View(Remembering):
    """The reference as it stands for one date of service."""

    whole: Reference
    day: date
    _standings: dict[str, Standing] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def products(self) -> ProductIndex:
        return self.whole.products

    # --- how old a table is ---

    def standing(self, table: str) -> Standing:
        """Which of the tables answers on the day, and what it proves."""
        found = self._standings.get(table)
        if found is None:
            found = standing(table, self.whole.imported.files, self.whole.periods, self.day)
            self._standings[table] = found
        return found

    def period(self, table: str) -> Period | None:
        """The newest period of a table that has begun by the day, whether or not it still speaks."""
        return self.standing(table).period

    def unspoken(self, table: str) -> str | None:
        """Why a table says nothing about this day, or ``None`` when it does."""
        return self.standing(table).unspoken

    # --- codes ---

    def place(self, code: str | None) -> Place | None:
        stands = self.standing("place-of-service")
        row = held(self.whole.imported.places.get(code or "", ()), self.day) if stands.imported else None
        if row is not None or stands.complete:
            return row[1] if row else None
        return self.whole.places.get(code or "")

    def pair(self, column1: str, column2: str) -> PairEdit | None:
        """The edit that pays ``column1`` and not ``column2``, as the newest table knows it."""
        stands = self.standing("ncci-pairs")
        row = self.whole.imported.pair(column1, column2, self.day) if stands.imported else None
        if row is not None or stands.complete:
            return row[1] if row else None
        return self.whole.pairs.get((column1, column2))

    def limit(self, code: str) -> UnitLimit | None:
        stands = self.standing("mue")
        row = held(self.whole.imported.limits.get(code, ()), self.day) if stands.imported else None
        if row is not None or stands.complete:
            return row[1] if row else None
        return self.whole.limits.get(code)

    @once_for
    def add_on(self, code: str) -> AddOn | None:
        """What an add-on code stands beside, or ``None`` for a code that stands alone as far as the table knows."""
        if not self.standing("add-on-codes").imported:
            return None
        rows = self.whole.imported.add_ons.get(code, ())
        primaries = frozenset(primary for span, some in rows if span.covers(self.day) for primary in some)
        return AddOn(primaries - {ANY_PRIMARY}, ANY_PRIMARY in primaries) if primaries else None

    def replacement(self, code: str) -> Replacement | None:
        """What replaced a code that had ended before the day."""
        stands = self.standing("hcpcs")
        rows = self.whole.imported.codes.get(code, ()) if stands.imported else ()
        if held(rows, self.day):
            return None
        ended = [(span.until, span, refers) for span, refers in rows if span.until and span.until < self.day]
        if ended:
            last, span, refers = max(ended, key=lambda row: row[0])
            return Replacement(code, last, next(iter(refers), ""), span.file.name)
        shipped = self.whole.replacements.get(code, ())
        return next((r for r in shipped if r.until < self.day), None)

    def in_force(self, code: str) -> bool | None:
        """Whether a HCPCS code could be billed on the day; ``None`` where no table tells."""
        stands = self.standing("hcpcs")
        rows = self.whole.imported.codes.get(code, ()) if stands.imported else ()
        return held(rows, self.day) is not None if rows else None

    def is_unlisted(self, code: str) -> bool:
        """Whether CMS's list of the day, as a whole, does not have this HCPCS code. CPT is the AMA's, and not in it."""
        stands = self.standing("hcpcs")
        ours = re.fullmatch(r"[A-CE-V][0-9]{4}", code) is not None
        return ours and stands.complete and stands.unspoken is None and not self.whole.imported.codes.get(code)

    def names(self, code: str) -> bool:
        """Whether any loaded table or list has the code of a service on the day."""
        return (
            code in NAMED or self.limit(code) is not None or self.price(code) is not None or bool(self.in_force(code))
        )

    # --- diagnoses ---

    @property
    def knows_diagnoses(self) -> bool:
        """Whether there is any list of the diagnosis codes that were in use on the day."""
        listed = self.whole.diagnoses is not None or self.standing("icd-10-cm").imported
        return listed and self.day >= diagnoses.FIRST_DAY

    @once_for
    def diagnosis(self, code: str) -> bool | None:
        """Whether a diagnosis, written without its point, is complete; ``None`` where it is in no list."""
        if self.day < diagnoses.FIRST_DAY:
            return None
        stands = self.standing("icd-10-cm")
        row = held(self.whole.imported.diagnoses.get(code, ()), self.day) if stands.imported else None
        if row is not None or stands.complete:
            return row[1] if row else None
        shipped = self.whole.diagnoses
        if shipped is None:
            return None
        if diagnoses.was_complete(code, self.day):
            return True
        return True if code in shipped.complete else False if code in shipped.headings else None

    def longer_diagnoses(self, heading: str) -> list[str]:
        """The complete codes that begin with a heading, in their order."""
        shipped, rows = self.whole.diagnoses, self.whole.imported.diagnoses
        names = rows if self.standing("icd-10-cm").imported else shipped.complete if shipped else ()
        return sorted(code for code in names if code.startswith(heading) and self.diagnosis(code))

    # --- money ---

    def price(self, code: str) -> Price | None:
        """The national price in the office: the drug's, else the fee schedule's. A neighboring quarter is no answer."""
        return self.drug_price(code) or self.fee(code)

    def drug_price(self, code: str) -> Price | None:
        """What Medicare allows for one billing unit of a drug."""
        return pricing.drug_price(self, code)

    def fee(self, code: str, *, facility: bool = False, locality: str | None = None) -> Price | None:
        """What the fee schedule pays for one unit of a service in a place: of the locality where it is known."""
        return pricing.fee(self, code, facility=facility, locality=locality)

    def no_local_amounts(self, locality: str) -> str | None:
        """Why amounts are national, or ``None`` when the locality's own are known."""
        return pricing.no_local_amounts(self, locality)

    # --- packages and lists ---

    @once_for
    def crosswalk(self, packages: frozenset[str]) -> tuple[str, ...]:
        """The codes that CMS bills a package with, in any of the shapes of its number."""
        stands = self.standing("asp-crosswalk")
        return tuple(sorted(self.whole.imported.codes_of(packages, self.day))) if stands.imported else ()

    @once_for
    def knows_package(self, packages: frozenset[str]) -> bool:
        """Whether CMS's crosswalk or FDA's directory lists the package on the day."""
        return bool(self.crosswalk(packages)) or self.whole.imported.lists(packages, self.day)

    @once_for
    def usually_self_given(self, code: str, route: str, contractor: str | None) -> UsuallySelfGiven | None:
        """The contractor's row, else the national one."""
        listed = self.whole.self_given.get(code)
        if not listed:
            return None
        rows = [r for r in listed if r.covers(self.day) and (not r.routes or route in r.routes)]
        own = [r for r in rows if r.contractor is not None and r.contractor == contractor]
        return next(iter(own + [r for r in rows if r.contractor is None]), None)
