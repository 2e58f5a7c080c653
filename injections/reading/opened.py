"""Opened vials in words: since when, until when, how much is left, and where the content went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from injections.chart.products import package_fact
from injections.models import Lot, OpenedVial
from injections.models.columns import quantity_or_none
from injections.quantity import Quantity, format_dose
from injections.reading.chips import Chip
from injections.templatetags.words import day

#: ended vials that the page of a lot still shows
LATEST = 10


@dataclass(frozen=True, slots=True)
class Opened:
    """One opened vial of a lot. Amounts as liquid where the label says how much there is, else as drug."""

    vial: OpenedVial
    lot: Lot

    @property
    def words(self) -> str:
        """ "opened 3 Nov, use by 1 Dec, 4 mL left"."""
        return f"opened {day(self.vial.opened_at)}, use by {day(self.vial.use_by)}, {self.left} left"

    @property
    def left(self) -> str:
        return format_dose(self.amount(self.vial.kept))

    @property
    def account(self) -> str:
        """ "10 mL: 6 mL given, 4 mL thrown away, 0 left"; what was opened is always the sum."""
        parts = ((self.vial.given, "given"), (self.vial.wasted, "thrown away"), (self.vial.kept, "left"))
        said = ", ".join(f"{format_dose(self.amount(part)) if part else 0} {word}" for part, word in parts)
        return f"{format_dose(self.amount(self.vial.content))}: {said}"

    @property
    def went_to(self) -> OpenedVial | None:
        """The same vial at the location that it was brought to."""
        return getattr(self.vial, "went_to", None)

    def state(self, today: date) -> Chip:
        if self.vial.ended_at is not None:
            place = self.went_to.lot.location.name if self.went_to else ""
            return Chip("info", "→", f"Moved to {place}") if place else Chip("info", "✓", "Ended")
        if self.vial.use_by is not None and self.vial.use_by < today:
            return Chip("stop", "■", "Past its use date: throw it away")
        return Chip("ok", "◐", "In use")

    def amount(self, number: Decimal) -> Quantity:
        drug = quantity_or_none(number, self.vial.unit)
        assert drug is not None
        package = package_fact(self.lot.package) if self.lot.package else None
        strength = package.concentration if package else None
        if strength is None or strength.drug.dimension is not drug.dimension:
            return drug
        liquid = strength.volume_of(drug)
        return Quantity(round(liquid.amount, 2), liquid.unit)


def open_of(lot: Lot, vials: Iterable[OpenedVial]) -> list[Opened]:
    """Those that may still be drawn from, and those that nobody has thrown away yet."""
    return [Opened(vial, lot) for vial in vials if vial.ended_at is None]


def of_lot(lot: Lot) -> list[Opened]:
    """The multi-dose vials of a lot: the open ones, then those that ended last."""
    vials = lot.vials.filter(use_by__isnull=False).select_related("opened_by", "went_to__lot__location")
    ended = vials.filter(ended_at__isnull=False).order_by("-ended_at")[:LATEST]
    return [*open_of(lot, vials.filter(ended_at=None)), *(Opened(vial, lot) for vial in ended)]
