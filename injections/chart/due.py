"""Which doses of which series are due on a day: counted from the last dose, not from the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from injections.facts import Status
from injections.models import Location, Order, Practice
from injections.models.order import OrderKind

_GIVEN = Q(
    administrations__status__in=[Status.GIVEN.value, Status.PARTLY.value], administrations__superseded_by__isnull=True
)


@dataclass(frozen=True, slots=True)
class Due:
    """The next dose of an order: due on ``on``, allowed from ``earliest`` to ``latest``; ``number`` counts from one."""

    order: Order
    on: date
    earliest: date
    latest: date
    number: int
    last_given: date | None

    def is_due(self, day: date) -> bool:
        """Whether it may be given that day, or should have been: a late dose stays due."""
        return self.earliest <= day

    def is_late(self, day: date) -> bool:
        return day > self.latest


def next_dose(order: Order) -> Due | None:
    """The next dose of an order; ``None`` when it is stopped, or all of its doses were given."""
    found = [due for due in map(_due, _counted(Order.objects.filter(pk=order.pk))) if due is not None]
    return found[0] if found else None


def due_on(place: Location | Practice, day: date) -> list[Due]:
    """The doses that may be given at that practice (or to patients expected at that location) on that day."""
    practice = place.practice_id if isinstance(place, Location) else place.pk
    running = Order.objects.filter(practice_id=practice, starts_on__lte=day).exclude(expires_on__lt=day)
    if isinstance(place, Location):
        running = running.filter(_belongs_to(place)).distinct()
    rows = _counted(running.select_related("patient", "product", "ordered_by"))
    found = [due for due in map(_due, rows) if due is not None and due.is_due(day)]
    return sorted(found, key=lambda due: (due.on, due.order.patient.sort_name, due.order.pk))


def _belongs_to(location: Location) -> Q:
    """Patients who were given something here, or never anywhere yet."""
    here = Q(patient__encounters__location=location)
    return here | Q(patient__encounters__isnull=True)


def _counted(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.filter(stopped_on=None).annotate(
        given=Count("administrations", filter=_GIVEN, distinct=True),
        last_given=Max("administrations__encounter__date", filter=_GIVEN),
    )


def _due(order: Order) -> Due | None:
    given: int = order.given  # type: ignore[attr-defined]  # annotated above
    last: date | None = order.last_given  # type: ignore[attr-defined]  # annotated by the query that lists orders
    planned = order.doses_planned if order.kind == OrderKind.SERIES else 1
    if planned is not None and given >= planned:
        return None
    every = timedelta(days=order.every_days or 0)
    on = max(order.starts_on, last + every) if last is not None else order.starts_on
    early = timedelta(days=order.early_days) if last is not None else timedelta(0)
    return Due(
        order=order,
        on=on,
        earliest=on - early,
        latest=on + timedelta(days=order.late_days),
        number=given + 1,
        last_given=last,
    )
