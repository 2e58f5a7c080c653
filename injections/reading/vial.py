"""The vial in hand: what stands on the shelf, and what is left of the package after the dose."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from injections.chart.held import on_hold
from injections.chart.products import package_fact
from injections.facts import Administration, Package, known
from injections.models import Location, Lot, OpenedVial
from injections.quantity import DimensionError, Quantity, QuantityError, format_dose


def shelf(location: Location, product_key: str | None, on: date) -> QuerySet[Lot]:
    """Lots of this drug that are here and still good: those with an opened vial, then the first to expire first."""
    good = OpenedVial.objects.filter(ended_at=None, kept__gt=0, use_by__gte=on)
    opened = Exists(good.filter(lot=OuterRef("pk")))
    lots = Lot.objects.filter(location=location, product__key=product_key or "", recalled_at__isnull=True)
    lots = lots.exclude(on_hold())
    lots = lots.filter(Q(on_hand__gt=0) | opened, expires_on__gte=on).select_related("package")
    return lots.order_by(opened.desc(), "expires_on", "number").prefetch_related(
        Prefetch("vials", good, to_attr="open_vials")
    )


def fitting(here: Iterable[Lot], given: Quantity | None) -> list[Lot]:
    """These lots as they stand, but first those of which one container holds the dose, the least left over on top."""
    return sorted(here, key=lambda lot: _misfit(lot, given))


def _misfit(lot: Lot, given: Quantity | None) -> tuple[int, Fraction]:
    package = package_fact(lot.package) if lot.package else None
    if package is None or package.holds is None or given is None:
        return (0, Fraction(-1))
    try:
        part = given.over(package.holds)
    except (DimensionError, QuantityError, ZeroDivisionError):
        return (0, Fraction(-1))
    if part > 1:
        return (1, part)
    return (0, Fraction(-1) if package.single_dose is False else -part)  # what is left of several doses is kept


def sizes_differ(here: Iterable[Lot]) -> bool:
    """Whether these lots are in containers of several sizes, so that a lot is told with its own."""
    return len(set(_held(here).values())) > 1


def _held(here: Iterable[Lot]) -> dict[int, Quantity | None]:
    return {lot.pk: package_fact(lot.package).holds for lot in here if lot.package}


def unlike(here: Iterable[Lot], given: Quantity | None) -> frozenset[int]:
    """Of lots in containers of several sizes, the keys of those that hold something else than the dose."""
    if not sizes_differ(here):
        return frozenset()
    held = _held(here)
    return frozenset(key for key, holds in held.items() if given is None or holds != given)


def good_instead(here: Iterable[Lot], dose: Administration) -> Lot | None:
    """Another lot than the one in hand, of the same package where there is one: the first to use."""
    others = [lot for lot in here if lot.number != known(dose.lot)]
    ndc = dose.package.ndc if dose.package else None
    same = [lot for lot in others if lot.package and lot.package.ndc == ndc]
    return next(iter(same or others), None)


@dataclass(frozen=True, slots=True)
class Remainder:
    """What the package says about the rest: how many were opened, what was used and what is left."""

    opened: int
    used: Quantity
    left: Quantity
    single_dose: bool | None
    container: str

    @property
    def said(self) -> str:
        """ "1 mL used, 0 left", which the signature attests."""
        what = f"{self.opened} {self.container}s opened: " if self.opened > 1 else ""
        left = "0" if self.left.amount == 0 else format_dose(self.left)
        return f"{what}{format_dose(self.used)} used, {left} left"

    @property
    def discards(self) -> bool:
        """A single-dose package is never kept, so what is left is thrown away."""
        return bool(self.single_dose)


def remainder(dose: Administration) -> Remainder | None:
    """What is left after the dose, from the label of the package; ``None`` where the label does not tell."""
    package, given = dose.package, dose.dose
    if package is None or package.holds is None or given is None or given.amount == 0 or _another_drug(dose):
        return None
    try:
        opened = max(1, math.ceil(given.over(package.holds)))
        left = package.holds.times(opened) - given
    except (DimensionError, QuantityError, ZeroDivisionError):
        return None
    used, rest = _in_volume(package, given, left)
    return Remainder(opened, used, rest, package.single_dose, package.container)


def _another_drug(dose: Administration) -> bool:
    """The vial is not what was ordered: its label says nothing about the ordered amount."""
    order = known(dose.order)
    return order is not None and dose.product is not None and order.drug != dose.product.key


def left_in_drug(dose: Administration) -> Quantity | None:
    """The rest as an amount of the drug: what the record states as discarded."""
    found = remainder(dose)
    package, given = dose.package, dose.dose
    if found is None or package is None or package.holds is None or given is None:
        return None
    return package.holds.times(found.opened) - given


def _in_volume(package: Package, given: Quantity, left: Quantity) -> tuple[Quantity, Quantity]:
    """Both as liquid where the label says how much there is, because that is what a nurse sees in the syringe."""
    strength = package.concentration
    if strength is None:
        return given, left
    used, rest = strength.volume_of(given), strength.volume_of(left)
    return Quantity(round(used.amount, 2), used.unit), Quantity(round(rest.amount, 2), rest.unit)
