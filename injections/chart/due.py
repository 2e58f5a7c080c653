"""Which doses of which series are due on a day: counted from the last dose, not from the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from django.db.models import Q

from injections.chart.given import with_given
from injections.models import Location, Order, Practice
from injections.models.order import OrderKind


@dataclass(frozen=True, slots=True)
class Due:
    """The next dose of an order: due on ``on``, allowed from ``earliest`` to ``latest``; ``number`` counts from one."""

    order: Order
    on: date
    earliest: date
    latest: date
    number: int
    last_given: date | None

    @property
    def loads(self) -> bool:
        """Whether it is one of the doses that the series begins with."""
        return self.order.schedule.loading_dose(self.number) is not None

    def is_due(self, day: date) -> bool:
        """Whether it may be given that day, or should have been: a late dose stays due."""
        return self.earliest <= day

    def is_late(self, day: date) -> bool:
        return day > self.latest

    def after(self, doses: int) -> date | None:
        """When the dose that many doses later comes; ``None`` where the order ends before it."""
        days = self.order.schedule.days_until(self.number, doses)
        return self.on + timedelta(days=days) if days is not None else None


def next_dose(order: Order) -> Due | None:
    """The next dose of an order; ``None`` when it is stopped, or all of its doses were given."""
    found = with_given(Order.objects.filter(pk=order.pk)).first()
    return due_of(found) if found is not None else None


def due_on(place: Location | Practice, day: date) -> list[Due]:
    """The doses that may be given at that practice (or to patients expected at that location) on that day."""
    practice = place.practice_id if isinstance(place, Location) else place.pk
    running = Order.objects.filter(practice_id=practice, starts_on__lte=day).exclude(expires_on__lt=day)
    if isinstance(place, Location):
        running = running.filter(_belongs_to(place)).distinct()
    running = running.filter(stopped_on=None).select_related("patient", "product", "ordered_by", "pause")
    rows = with_given(running)
    found = [due for due in map(due_of, rows) if due is not None and due.is_due(day)]
    return sorted(found, key=lambda due: (due.on, due.order.patient.sort_name, due.order.pk))


def _belongs_to(location: Location) -> Q:
    """Patients who were given something here, or never anywhere yet."""
    here = Q(patient__encounters__location=location)
    return here | Q(patient__encounters__isnull=True)


def due_of(order: Order) -> Due | None:
    """The next dose of an order that was read :func:`with_given`."""
    return due_after(order, *attrgetter("given", "first_given", "last_given")(order))


def due_after(order: Order, given: int, first: date | None, last: date | None) -> Due | None:
    """The dose after that many, the first and the last of them on these days."""
    if order.stopped_on is not None or (order.planned is not None and given >= order.planned):
        return None
    if given and order.kind != OrderKind.SERIES:
        return None
    schedule, number = order.schedule, given + 1
    on = order.starts_on
    if first is not None and last is not None:
        on = max(on, schedule.due(number, first, last))
    early, late = schedule.window(number)
    earliest = on - timedelta(days=early)
    if order.pause is not None and not order.pause.lets_go_on:
        on, earliest = max(on, order.pause.until), max(earliest, order.pause.until)
    return Due(
        order=order,
        on=on,
        earliest=earliest,
        latest=on + timedelta(days=late),
        number=number,
        last_given=last,
    )
