"""Stock: lots of everything that is ordered here, two of them about to run out of date, one already past it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from billing.demo.clock import at, moment
from billing.demo.practice import Clinic
from injections.actions import arriving
from injections.models import Location, Lot, Order, Package, Product
from injections.models.columns import quantity_or_none

#: days that the stock has lain here: it was delivered before the first of the past doses
LAIN = 62


def suits(product: Product, order: Order | None = None) -> Package | None:
    """The smallest single-dose container that holds the dose, else the largest one there is."""
    packages = [package for package in product.packages.all() if package.holds_amount]
    if not packages:
        return None
    ordered = quantity_or_none(order.dose_amount, order.dose_unit) if order else None
    enough = [package for package in packages if ordered is not None and _holds(package) >= ordered]
    single = [package for package in enough if package.single_dose] or enough
    return min(single, key=_size) if single else max(packages, key=_size)


def _holds(package: Package):
    held = quantity_or_none(package.holds_amount, package.holds_unit)
    assert held is not None
    return held


def _size(package: Package):
    return _holds(package).in_smallest


def fill(clinic: Clinic, orders: list[Order], today: date) -> None:
    """Two good lots of each package at each location."""
    seen: set[int] = set()
    delivered = moment(today - timedelta(days=LAIN), "07:40")
    for order in orders:
        package = suits(order.product, order)
        if package is None or package.pk in seen:
            continue
        seen.add(package.pk)
        for place, location in enumerate(clinic.locations):
            for turn, (days, count) in enumerate(((150, 40), (420, 60))):
                number = f"{order.product.key[:2].upper()}{package.pk % 97:02}{place + 1}{turn + 4}7"
                _receive(clinic, location, package, number, today + timedelta(days=days + 7 * place), count, delivered)


def add_odd_lots(clinic: Clinic, orders: list[Order], today: date) -> None:
    """One lot that ended last month, so that the stop can be seen, and one that ends next week."""
    package = suits(orders[0].product, orders[0])
    assert package is not None
    delivered = moment(today - timedelta(days=LAIN), "07:40")
    _receive(clinic, clinic.locations[0], package, "OLD117", today - timedelta(days=31), 2, delivered)
    _receive(clinic, clinic.locations[0], package, "SOON12", today + timedelta(days=6), 3, delivered)


def _receive(
    clinic: Clinic, location: Location, package: Package, number: str, expires: date, count: int, when: datetime
) -> Lot:
    with at(when):
        return arriving.receive(
            location=location,
            product=package.product,
            package=package,
            number=number,
            expires_on=expires,
            containers=count,
            by=clinic.staff["ito"],
        )
