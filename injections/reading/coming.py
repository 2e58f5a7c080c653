"""The doses of an order that come next, as they would be charted from what lies here."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from injections import facts
from injections.chart.due import next_dose
from injections.chart.products import package_fact, product_fact
from injections.models import Location, Order
from injections.quantity import Quantity
from injections.reading.vial import fitting, left_in_drug, remainder, shelf


def coming(order: Order, place: Location | None) -> tuple[facts.Administration, ...]:
    """One for each loading dose that is left, then one for all that follow; none where nothing more is due."""
    due = next_dose(order)
    if due is None:
        return ()
    schedule = order.schedule
    numbers = range(due.number, len(schedule.loading) + (2 if schedule.goes_on else 1))
    amounts = [order.dose_of(number) for number in numbers or (due.number,)]
    return tuple(_drawn_up(order, amount, place) for amount in amounts)


def _drawn_up(order: Order, amount: Quantity | None, place: Location | None) -> facts.Administration:
    """From the container that fits the dose, with what would be thrown away of it."""
    dose = facts.Administration(
        id="coming",
        drug=order.product.key,
        product=product_fact(order.product),
        package=_package(order, amount, place),
        dose=amount,
        route=order.route or None,
        diagnoses=tuple(order.diagnoses),
    )
    rest, left = remainder(dose), left_in_drug(dose)
    if rest is None or left is None or not rest.discards:
        return dose
    return replace(dose, opened=rest.opened, discarded=left)


def _package(order: Order, amount: Quantity | None, place: Location | None) -> facts.Package | None:
    """What lies here, else what the last dose of the order came from."""
    lots = shelf(place, order.product.key, timezone.localdate()) if place is not None else ()
    before = order.administrations.filter(superseded_by=None).select_related("package").order_by("-pk")[:1]
    known = [lot.package for lot in fitting(lots, amount)] + [dose.package for dose in before]
    package = next((one for one in known if one is not None), None)
    return package_fact(package) if package is not None else None
