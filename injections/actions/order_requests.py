"""One tap from the list to the practitioner: please sign this order, or renew it. What they do answers it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from injections.actions import orders
from injections.actions.errors import NotAllowed, Refused
from injections.actions.proving import Proof
from injections.actions.rights import need
from injections.chart.due import next_dose
from injections.chart.given import given_under
from injections.models import Order, OrderRequest, Staff
from injections.models.columns import quantity_or_none
from injections.models.order import OrderKind

#: a renewed order holds for a year, as the first one did
HOLDS = timedelta(days=365)


@transaction.atomic
def ask(*, order: Order, by: Staff) -> OrderRequest:
    """Ask whoever ordered it. Asked already, the question that is open is answered back."""
    need(by, "order.spoken", order)
    held = Order.objects.select_for_update(of=("self",)).select_related("practice", "ordered_by").get(pk=order.pk)
    if not needs_the_practitioner(held):
        raise Refused("This order can be given as it stands")
    found = held.requests.filter(answered_at=None).first()
    return found or OrderRequest.objects.create(
        practice_id=held.practice_id, order=held, asked_by=by, asked_of=held.ordered_by
    )


def needs_the_practitioner(order: Order) -> bool:
    """Unsigned, stopped, paused, or past its last day by the practice's own calendar."""
    today = timezone.now().astimezone(order.practice.zone).date()
    ended = order.expires_on is not None and order.expires_on < today
    return order.signed_at is None or order.stopped_on is not None or ended or order.waits_on(today) is not None


def _left(order: Order, given: int) -> int | None:
    """How many doses of the plan are still to come; ``None`` where the plan has no end."""
    if order.doses_planned is None:
        return None
    if given >= order.doses_planned:
        raise Refused("Every dose of this order was given: write a new order")
    return order.doses_planned - given


@transaction.atomic
def renew(*, order: Order, by: Staff, proof: Proof | None, now: datetime | None = None) -> Order:
    """The same order again, from its next dose on, signed. The earlier one stays as it was; who asked is answered."""
    need(by, "order.write", order)
    held = (
        Order.objects.select_for_update(of=("self",)).select_related("practice", "product", "patient").get(pk=order.pk)
    )
    if held.ordered_by_id != by.pk:
        raise NotAllowed(f"{held.ordered_by.short_name} gave this order and renews it")
    given = given_under(held).count()
    dose, left = quantity_or_none(held.dose_amount, held.dose_unit), _left(held, given)
    assert dose is not None, "the table holds no order without a dose"
    now = now or timezone.now()
    today = now.astimezone(held.practice.zone).date()
    due = next_dose(held)
    same = ("every_days", "early_days", "late_days", "reason", "route", "diagnoses")
    renewed = orders.place(
        patient=held.patient,
        product=held.product,
        dose=dose,
        by=by,
        kind=OrderKind.SERIES if held.kind == OrderKind.SERIES else OrderKind.ONCE,
        doses_planned=left,
        loading=held.schedule.left_after(given),
        starts_on=max(today, due.on) if due else today,
        expires_on=max(today, due.on if due else today) + HOLDS,
        proof=proof,
        now=now,
        **{name: getattr(held, name) for name in same},
    )
    held.requests.filter(answered_at=None).update(answered_by=by, answered_at=now, answer="Renewed")
    if held.stopped_on is None:
        orders.stop(order=held, by=by, reason="Renewed", now=now)
    held.appointments.filter(encounter=None, cancelled_at=None, starts_at__gte=now - timedelta(days=1)).update(
        order=renewed
    )
    return renewed
