"""Orders: placed, signed, stopped. A spoken order is written down by whoever heard it and signed afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from injections.actions import proving, telling
from injections.actions.errors import NotAllowed, Refused
from injections.actions.once import kept_once, made_before
from injections.actions.proving import Proof
from injections.actions.rights import need, same_practice
from injections.chart.due import Due, due_on
from injections.codec import encode
from injections.facts import LoadingDose
from injections.models import Encounter, Order, Patient, Product, Staff
from injections.models.order import OrderKind
from injections.policy import may
from injections.quantity import Quantity

__all__ = ["Due", "due_on", "place", "sign", "stop"]


@transaction.atomic
def place(
    *,
    patient: Patient,
    product: Product,
    dose: Quantity,
    route: str,
    by: Staff,
    ordered_by: Staff | None = None,
    kind: str = OrderKind.ONCE,
    every_days: int | None = None,
    doses_planned: int | None = None,
    loading: Iterable[LoadingDose] = (),
    early_days: int = 0,
    late_days: int = 0,
    diagnoses: Iterable[str] = (),
    reason: str = "",
    ordered_on: date | None = None,
    starts_on: date | None = None,
    expires_on: date | None = None,
    submission_key: UUID | None = None,
    sign: bool = True,
    proof: Proof | None = None,
    now: datetime | None = None,
) -> Order:
    """Write down what a practitioner wants given. Placing it twice under one key makes one order.

    A practitioner's own order is signed as it is placed, with their ``proof``, unless ``sign`` says later. Somebody
    else's is a spoken order, or an unsigned series, and waits for its practitioner.
    """
    who = ordered_by or by
    need(by, "order.spoken", patient)
    same_practice(by, who)
    if not may(who, "order.write"):
        raise NotAllowed("Choose the practitioner who ordered it")
    already = made_before(Order.objects.all(), submission_key)
    if already is not None:
        return already
    now = now or timezone.now()
    day = ordered_on or now.astimezone(patient.practice.zone).date()
    own = sign and who.pk == by.pk
    if own:
        proving.need_proof(by, proof)
        proving.used(proof)
    order = Order(
        practice_id=patient.practice_id,
        patient=patient,
        kind=kind if who.pk == by.pk or kind != OrderKind.ONCE else OrderKind.SPOKEN,
        product=product,
        dose_amount=dose.amount,
        dose_unit=dose.unit,
        route=route,
        every_days=every_days,
        doses_planned=doses_planned,
        loading=encode([_said_once(step, dose) for step in loading]),
        early_days=early_days,
        late_days=late_days,
        diagnoses=list(diagnoses),
        reason=reason,
        ordered_by=who,
        recorded_by=by,
        ordered_on=day,
        starts_on=starts_on or day,
        expires_on=expires_on,
        signed_by=by if own else None,
        signed_at=now if own else None,
        submission_key=submission_key,
    )
    return kept_once(order)


def _said_once(step: LoadingDose, dose: Quantity) -> LoadingDose:
    """A loading dose that is as much as the others says no amount of its own."""
    return replace(step, dose=None) if step.dose == dose else step


@transaction.atomic
def sign(*, order: Order, by: Staff, proof: Proof | None, now: datetime | None = None) -> Order:
    """The practitioner's name under it. Visits that were signed on it are told: their claims waited for this."""
    need(by, "order.write", order)
    held = _held(order)
    if held.signed_at is not None:
        return held
    if held.ordered_by_id != by.pk:
        raise NotAllowed(f"{held.ordered_by.short_name} gave this order and signs it")
    proving.need_proof(by, proof)
    proving.used(proof)
    held.signed_by, held.signed_at = by, now or timezone.now()
    held.save(update_fields=["signed_by", "signed_at"])
    _answer(held, by, "Signed", held.signed_at)
    given = Encounter.objects.filter(administrations__order=held).select_related("practice").distinct()
    for encounter in given.order_by("pk"):
        telling.amended(encounter, by)
    return held


@transaction.atomic
def stop(*, order: Order, by: Staff, reason: str = "", now: datetime | None = None) -> Order:
    """Nothing more is given on it from today. What was given stays as it is."""
    need(by, "order.write", order)
    held = _held(order)
    if held.stopped_on is None:
        held.stopped_on = (now or timezone.now()).astimezone(held.practice.zone).date()
        held.stopped_by, held.stop_reason = by, reason[:200]
        held.save(update_fields=["stopped_on", "stopped_by", "stop_reason"])
        _answer(held, by, "Stopped", now or timezone.now())
    return held


def _answer(order: Order, by: Staff, answer: str, now: datetime) -> None:
    """Whoever asked about this order has their answer."""
    order.requests.filter(answered_at=None).update(answered_by=by, answered_at=now, answer=answer)


def _held(order: Order) -> Order:
    rows = Order.objects.select_for_update(of=("self",)).select_related("practice", "ordered_by", "product")
    found = rows.filter(pk=order.pk).first()
    if found is None:
        raise Refused("This order is not there any more")
    return found
