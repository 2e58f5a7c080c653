"""Standing orders: signed by a practitioner for a while, used for one patient on one day, ended with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from injections.actions import appointments, orders, proving
from injections.actions.errors import NotAllowed, Refused
from injections.actions.once import kept_once, made_before
from injections.actions.proving import Proof
from injections.actions.rights import need
from injections.chart.protocol import misfit
from injections.models import (
    Appointment,
    Location,
    Order,
    Patient,
    Practice,
    Product,
    Staff,
    StandingOrder,
    StandingOrderEnd,
)
from injections.models.order import OrderKind
from injections.quantity import Quantity


@transaction.atomic
def sign(
    *,
    name: str,
    product: Product,
    dose: Quantity,
    route: str,
    criteria: str,
    states: Iterable[str],
    since: date,
    until: date,
    by: Staff,
    proof: Proof | None,
    from_months: int | None = None,
    below_months: int | None = None,
    diagnoses: Iterable[str] = (),
    reason: str = "",
    submission_key: UUID | None = None,
    now: datetime | None = None,
) -> StandingOrder:
    """A protocol under the practitioner's name. Sent twice under one key, it is one."""
    need(by, "order.write")
    if by.practice is None:
        raise NotAllowed("You work for no practice")
    already = made_before(StandingOrder.objects.all(), submission_key)
    if already is not None:
        return already
    wanted = sorted(set(states))
    _refuse_other_states(by.practice, wanted)
    proving.need_proof(by, proof)
    proving.used(proof)
    made = StandingOrder(
        practice=by.practice,
        name=name,
        product=product,
        dose_amount=dose.amount,
        dose_unit=dose.unit,
        route=route,
        criteria=criteria,
        diagnoses=list(diagnoses),
        reason=reason,
        from_months=from_months,
        below_months=below_months,
        states=wanted,
        since=since,
        until=until,
        signed_by=by,
        signed_at=now or timezone.now(),
        submission_key=submission_key,
    )
    return kept_once(made)


def states_of(practice: Practice, day: date) -> list[str]:
    """The states in which the practice has a place on that day."""
    places = Location.objects.filter(practice=practice).prefetch_related("later")
    return sorted({state for place in places if (state := place.told("state", day))})


def _refuse_other_states(practice: Practice, states: list[str]) -> None:
    others = set(states) - set(states_of(practice, timezone.localdate(timezone=practice.zone)))
    if others:
        raise Refused("The practice has no place there", errors={"states": "Choose a state of one of its places"})


@transaction.atomic
def end(*, protocol: StandingOrder, reason: str, by: Staff, now: datetime | None = None) -> StandingOrderEnd:
    """From today nothing more is given under it, and orders of patients that were made under it are stopped.

    Said again by the same person, the end that stands. Raises :class:`Refused` for one that has ended otherwise.
    """
    need(by, "order.write", protocol)
    _hold(protocol.practice_id)
    before = StandingOrderEnd.objects.filter(standing=protocol).first()
    if before is not None and (before.ended_by_id, before.reason) == (by.pk, reason):
        return before
    if before is not None:
        raise Refused("A colleague has ended this already")
    ended = StandingOrderEnd.objects.create(
        practice_id=protocol.practice_id, standing=protocol, reason=reason, ended_by=by
    )
    now = now or timezone.now()
    today = now.astimezone(protocol.practice.zone).date()
    for order in Order.objects.filter(protocol=protocol, stopped_on=None, expires_on__gte=today).order_by("pk"):
        orders.stop(order=order, by=by, reason=f"Protocol ended: {reason}", now=now)
    return ended


@transaction.atomic
def use(
    *,
    protocol: StandingOrder,
    patient: Patient,
    location: Location,
    by: Staff,
    submission_key: UUID | None = None,
    now: datetime | None = None,
) -> Appointment:
    """Somebody walked in and is given it: the order under the protocol, and a visit that begins now."""
    order = order_under(
        protocol=protocol, patient=patient, location=location, by=by, submission_key=submission_key, now=now
    )
    return appointments.walk_in(
        patient=patient, location=location, by=by, order=order, submission_key=submission_key, now=now
    )


@transaction.atomic
def order_under(
    *,
    protocol: StandingOrder,
    patient: Patient,
    location: Location,
    by: Staff,
    submission_key: UUID | None = None,
    now: datetime | None = None,
) -> Order:
    """The patient's order under the protocol, for today. Sent twice under one key, it is one.

    Raises :class:`Refused` where the protocol does not fit the patient's age, the state of the place or the day.
    """
    need(by, "order.spoken", protocol, patient, location)
    already = made_before(Order.objects.all(), submission_key)
    if already is not None:
        return _of_the_same(already, protocol, patient)
    _hold(protocol.practice_id)
    held = StandingOrder.objects.select_related("signed_by").get(pk=protocol.pk)
    now = now or timezone.now()
    day = now.astimezone(location.practice.zone).date()
    why = misfit(held, patient=patient, state=location.told("state", day), day=day)
    if why:
        raise Refused(f"{held} cannot be used here. {why}")
    return kept_once(_order(held, patient, by, day, submission_key))


def _of_the_same(made: Order, protocol: StandingOrder, patient: Patient) -> Order:
    """What the page made before. A page that was gone back to, and says something else now, makes nothing."""
    if (made.protocol_id, made.patient_id) != (protocol.pk, patient.pk):
        raise Refused("This page was used already. Open it again")
    return made


def _order(protocol: StandingOrder, patient: Patient, by: Staff, day: date, key: UUID | None) -> Order:
    """The protocol's words and signature, for this patient on this day."""
    same = ("product_id", "dose_amount", "dose_unit", "route", "diagnoses", "reason", "signed_by", "signed_at")
    return Order(
        practice_id=patient.practice_id,
        patient=patient,
        kind=OrderKind.PROTOCOL,
        protocol=protocol,
        ordered_by=protocol.signed_by,
        recorded_by=by,
        ordered_on=day,
        starts_on=day,
        expires_on=day,
        submission_key=key,
        **{name: getattr(protocol, name) for name in same},
    )


def _hold(practice_id: int) -> None:
    """Nobody uses a protocol in the moment in which somebody ends it."""
    Practice.objects.select_for_update(of=("self",), no_key=True).get(pk=practice_id)
