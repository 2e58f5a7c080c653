"""Orders as they were placed, and the appointments of today."""

from __future__ import annotations

from datetime import date, timedelta

from billing.demo import access
from billing.demo.clock import at, moment
from billing.demo.plan import ORDERS, Ordered
from billing.demo.practice import Clinic
from injections.actions import appointments, orders
from injections.chart import product_fact
from injections.models import Order, Product
from injections.models.order import OrderKind
from injections.quantity import Quantity

#: how long ago the running series began
BEGAN = 70


def place_all(clinic: Clinic, today: date) -> list[tuple[Ordered, Order]]:
    """Every order of the plan: series some weeks ago, single doses this morning."""
    return [(line, _place(clinic, line, today)) for line in ORDERS]


def _place(clinic: Clinic, line: Ordered, today: date) -> Order:
    day = today - timedelta(days=BEGAN) if line.every or not line.at else today
    patient, product = clinic.patients[line.patient], Product.objects.get(key=line.product)
    with at(moment(day, "08:05")) as now:
        return orders.place(
            patient=patient,
            product=product,
            dose=Quantity.parse(line.dose),
            route=line.route,
            kind=OrderKind.SERIES if line.every else OrderKind.ONCE,
            every_days=line.every,
            doses_planned=line.planned,
            loading=product_fact(product).loading[0].doses if line.begun is not None else (),
            early_days=3 if line.every else 0,
            late_days=7 if line.every else 0,
            diagnoses=[line.diagnosis],
            reason=line.reason,
            by=clinic.staff[line.by],
            expires_on=day + timedelta(days=365),
            sign=line.signed,
            proof=access.proof_of(clinic.staff[line.by]),
            now=now,
        )


def book_today(clinic: Clinic, placed: list[tuple[Ordered, Order]], today: date) -> None:
    """The plan says who comes where and when."""
    for line, order in placed:
        if not line.at:
            continue
        place, clock, room = line.at.split()
        appointments.book(
            patient=order.patient,
            location=clinic.locations[int(place)],
            starts_at=moment(today, clock),
            order=order,
            room=f"Room {room}",
            by=clinic.staff["reyes"],
        )


def place_today(clinic: Clinic, today: date) -> list[tuple[Ordered, Order]]:
    """For a demo that has been running for days: the same series go on, single orders are placed anew."""
    running = {(order.patient_id, order.product.key): order for order in _running(clinic)}
    found = []
    for line in ORDERS:
        if line.at:
            order = running.get((clinic.patients[line.patient].pk, line.product))
            found.append((line, order or _place(clinic, line, today)))
    return found


def _running(clinic: Clinic) -> list[Order]:
    series = Order.objects.filter(practice=clinic.practice, kind=OrderKind.SERIES, stopped_on=None)
    return list(series.select_related("product"))
