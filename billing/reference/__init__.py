"""Everything that the rules look up, frozen: the formulary, the public tables and the payers, seen on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from billing.reference.imported import NOTHING, Imported
from billing.reference.payers import Payer
from billing.reference.products import ProductIndex
from billing.reference.tables import (
    DiagnosisCodes,
    PairEdit,
    Period,
    Place,
    Price,
    Replacement,
    UnitLimit,
    UsuallySelfGiven,
)
from billing.reference.view import View

__all__ = ["Reference", "View"]

#: views of so many days are kept: a replay goes through the days in their order, and each practice has its own
DAYS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference content of one edition. Rules never see it whole: they see :meth:`on` one day.

    What ships with Deltoid stands in the fields by name, what was imported in ``imported``.
    """

    edition: str
    products: ProductIndex
    payers: Mapping[str, Payer]
    places: Mapping[str, Place] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], PairEdit] = field(default_factory=dict)
    limits: Mapping[str, UnitLimit] = field(default_factory=dict)
    prices: Mapping[str, tuple[Price, ...]] = field(default_factory=dict)
    replacements: Mapping[str, tuple[Replacement, ...]] = field(default_factory=dict)
    self_given: Mapping[str, tuple[UsuallySelfGiven, ...]] = field(default_factory=dict)
    diagnoses: DiagnosisCodes | None = None
    periods: tuple[Period, ...] = ()
    imported: Imported = NOTHING
    _days: dict[date, View] = field(default_factory=dict, init=False, repr=False, compare=False)

    def on(self, day: date) -> View:
        """The reference as it stands for a date of service. The view of a day is made once."""
        found = self._days.get(day)
        if found is None:
            if len(self._days) >= DAYS_KEPT:
                self._days.clear()
            found = self._days[day] = View(self, day)
        return found
