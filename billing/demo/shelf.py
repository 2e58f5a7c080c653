"""Stock: lots of everything that is ordered here, two of them about to run out of date, one already past it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from billing.demo.clock import at, moment
from billing.demo.practice import Clinic
from injections.actions import arriving
from injections.facts import Source
from injections.models import Location, Lot, Order, Package, Product, StandingOrder
from injections.models.columns import quantity_or_none
from injections.owners import BOUGHT_340B
from injections.quantity import Quantity

#: days that the stock has lain here: it was delivered before the first of the past doses
LAIN = 62
#: a lot of it lies here for two owners
TWICE = "influenza-vaccine"
#: drug, lot, whose it is, days until it expires, and how many came
OTHERS = (
    ("medroxyprogesterone", "340B77", BOUGHT_340B, 300, 12),
    ("omalizumab", "PT2204", Source.PATIENT.value, 200, 2),
    ("ketorolac", "SMP118", Source.SAMPLE.value, 90, 4),
)


def suits(product: Product, order: Order | StandingOrder | None = None) -> Package | None:
    """The smallest single-dose container that holds the dose, else the largest one there is."""
    packages = [package for package in product.packages.all() if package.holds_amount]
    if not packages:
        return None
    ordered = quantity_or_none(order.dose_amount, order.dose_unit) if order else None
    enough = [package for package in packages if ordered is not None and _suffices(_holds(package), ordered)]
    single = [package for package in enough if package.single_dose] or enough
    return min(single, key=_size) if single else max(packages, key=_size)


def _suffices(held: Quantity, ordered: Quantity) -> bool:
    """Of a package that counts its content in doses, as a vaccine's, one is enough."""
    return held.dimension is not ordered.dimension or held >= ordered


def _holds(package: Package):
    held = quantity_or_none(package.holds_amount, package.holds_unit)
    assert held is not None
    return held


def _size(package: Package):
    return _holds(package).in_smallest


def fill(clinic: Clinic, orders: Sequence[Order | StandingOrder], today: date) -> None:
    """Two good lots of each package at each location, of what is ordered for patients and for whoever comes.

    Of a drug whose packages nobody knows a lot without its package is kept for whoever comes.
    """
    seen: set[tuple[int, int]] = set()
    delivered = moment(today - timedelta(days=LAIN), "07:40")
    for order in orders:
        package = suits(order.product, order)
        key = (order.product_id, package.pk if package else 0)
        if key in seen or (package is None and isinstance(order, Order)):
            continue
        seen.add(key)
        for place, location in enumerate(clinic.locations):
            for turn, (days, count) in enumerate(((150, 40), (420, 60))):
                number = f"{order.product.key[:2].upper()}{(package or order.product).pk % 97:02}{place + 1}{turn + 4}7"
                _receive(
                    clinic, location, order.product, package, number, today + timedelta(days=days + 7 * place), count,
                    delivered,
                )  # fmt: skip


def add_odd_lots(clinic: Clinic, orders: list[Order], today: date) -> None:
    """One lot that ended last month, so that the stop can be seen, and one that ends next week."""
    package = suits(orders[0].product, orders[0])
    assert package is not None
    delivered = moment(today - timedelta(days=LAIN), "07:40")
    told = (clinic, clinic.locations[0], package.product, package)
    _receive(*told, "OLD117", today - timedelta(days=31), 2, delivered)
    _receive(*told, "SOON12", today + timedelta(days=6), 3, delivered)


def add_others(clinic: Clinic, today: date) -> None:
    """Stock that the clinic did not buy as usual: each kind once, the state's under the number of a lot of our own."""
    first, delivered = clinic.locations[0], moment(today - timedelta(days=LAIN), "07:50")
    for key, number, source, days, count in OTHERS:
        product = Product.objects.get(key=key)
        expires = today + timedelta(days=days)
        _receive(clinic, first, product, suits(product), number, expires, count, delivered, source=source)
    bought = Lot.objects.filter(location=first, product__key=TWICE).latest("expires_on")
    same = (clinic, first, bought.product, bought.package, bought.number, bought.expires_on)
    _receive(*same, 10, delivered, source=Source.STATE.value)


def _receive(
    clinic: Clinic, location: Location, product: Product, package: Package | None, number: str, expires: date,
    count: int, when: datetime, *, source: str = Source.STOCK.value,
) -> Lot:  # fmt: skip
    with at(when):
        return arriving.receive(
            location=location,
            product=product,
            package=package,
            number=number,
            expires_on=expires,
            containers=count,
            source=source,
            by=clinic.staff["ito"],
        )
