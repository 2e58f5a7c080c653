"""An order is made to wait until a day, with a reason; or goes on before it. Both are rows, and the last one counts."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from injections.actions.errors import NotAllowed, Refused
from injections.actions.rights import need
from injections.models import Order, OrderPause, Staff
from injections.policy import may

ENDED = "Nothing more is given on this order"


@transaction.atomic
def pause(*, order: Order, until: date, reason: str, by: Staff, now: datetime | None = None) -> OrderPause:
    """Nothing is given on it before that day. Said again in the same words by the same person, the wait that stands.

    Raises :class:`Refused` for a day that is not to come, and for an order on which nothing is to come.
    """
    need(by, "order.pause", order)
    held, now = _held(order), now or timezone.now()
    today = now.astimezone(held.practice.zone).date()
    if held.stopped_on is not None:
        raise Refused(ENDED, errors={"until": "Write a new order instead"})
    if until <= today:
        raise Refused("It can only wait for a day to come", errors={"until": "Choose tomorrow or later"})
    stands = held.waits_on(today)
    if stands is not None and (stands.until, stands.reason, stands.said_by_id) == (until, reason, by.pk):
        return stands
    return _say(held, since=today, until=until, reason=reason, by=by, now=now)


@transaction.atomic
def go_on(*, order: Order, by: Staff, reason: str = "May go on", now: datetime | None = None) -> OrderPause | None:
    """It may be given again from today; ``None`` where it did not wait. Who asked about it is answered.

    Only a practitioner, or whoever made it wait, lets it go on: :class:`NotAllowed` for others.
    """
    need(by, "order.pause", order)
    held, now = _held(order), now or timezone.now()
    today = now.astimezone(held.practice.zone).date()
    stands = held.waits_on(today)
    if stands is None:
        return None
    if not may_let_go_on(by, stands):
        raise NotAllowed(f"{held.ordered_by.short_name} decides whether it goes on")
    said = _say(held, since=today, until=today, reason=reason, by=by, now=now)
    held.requests.filter(answered_at=None).update(answered_by=by, answered_at=now, answer="May go on")
    return said


def may_let_go_on(by: Staff, stands: OrderPause) -> bool:
    """A practitioner may, and whoever said that it waits."""
    return may(by, "order.write") or stands.said_by_id == by.pk


def _say(order: Order, *, since: date, until: date, reason: str, by: Staff, now: datetime) -> OrderPause:
    said = OrderPause.objects.create(
        practice_id=order.practice_id, order=order, since=since, until=until, reason=reason, said_by=by, said_at=now
    )
    order.pause = said
    order.save(update_fields=["pause"])
    return said


def _held(order: Order) -> Order:
    """Its row, locked. What it points to is read after that: joined, a pause said meanwhile would not be seen."""
    return Order.objects.select_for_update().get(pk=order.pk)
