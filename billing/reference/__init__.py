"""Everything that the rules look up, frozen: the formulary, the public tables and the payers, seen on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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

__all__ = ["Reference", "View"]


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference content of one edition. Rules never see it whole: they see :meth:`on` one day."""

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

    def on(self, day: date) -> View:
        return View(self, day)


@dataclass(frozen=True, slots=True)
class View:
    """The reference as it stands for one date of service."""

    whole: Reference
    day: date

    @property
    def products(self) -> ProductIndex:
        return self.whole.products

    def place(self, code: str | None) -> Place | None:
        return self.whole.places.get(code or "")

    def pair(self, column1: str, column2: str) -> PairEdit | None:
        """The edit that pays ``column1`` and not ``column2``, as the newest table knows it."""
        return self.whole.pairs.get((column1, column2))

    def limit(self, code: str) -> UnitLimit | None:
        return self.whole.limits.get(code)

    def price(self, code: str) -> Price | None:
        """The price for that day, or ``None``: a neighbouring quarter is not an answer."""
        rows = self.whole.prices.get(code, ())
        return next((p for p in rows if p.since <= self.day <= p.until), None)

    def replacement(self, code: str) -> Replacement | None:
        """What replaced a code that had ended before the day."""
        rows = self.whole.replacements.get(code, ())
        return next((r for r in rows if r.until < self.day), None)

    def usually_self_given(self, code: str, route: str, contractor: str | None) -> UsuallySelfGiven | None:
        """The contractor's row, else the national one."""
        rows = [
            r for r in self.whole.self_given.get(code, ()) if r.covers(self.day) and (not r.routes or route in r.routes)
        ]
        own = [r for r in rows if r.contractor is not None and r.contractor == contractor]
        return next(iter(own + [r for r in rows if r.contractor is None]), None)

    def period(self, table: str) -> Period | None:
        """The newest period of a table that has begun by the day, whether or not it still speaks."""
        begun = [p for p in self.whole.periods if p.table == table and p.since <= self.day]
        return max(begun, key=lambda p: p.until, default=None)

    def unspoken(self, table: str) -> str | None:
        """Why a table says nothing about this day, or ``None`` when it does."""
        period = self.period(table)
        if period is None:
            return "no table is loaded for this date"
        return None if period.covers(self.day) else f"newest table ends {period.until.isoformat()}"
