"""An order beside a dose: what was asked for; and where the dose comes after its stop or its last dose, that too."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet

from injections import facts
from injections.facts import Status
from injections.models import Administration, AdministrationDraft, Order
from injections.models.order import OrderKind

STOPPED, USED_UP = "order.order_stopped", "order.order_used_up"


def order_for(draft: AdministrationDraft, order: Order) -> facts.Order:
    """The order for a dose that is being charted. A correction reads it as the first version did."""
    if draft.corrects and draft.corrects.order_id == order.pk:
        return _as_signed(draft.corrects, order)
    fact, planned = order.as_fact(), _planned(order)
    if order.stopped_on is not None and order.stopped_on <= draft.encounter.date:
        fact = replace(fact, stopped=order.stopped_on)
    if planned is not None and (given := _given(order).count()) >= planned:
        fact = replace(fact, doses_planned=planned, doses_given=given)
    return fact


def order_of(dose: Administration) -> facts.Order | None:
    """The order as it stood when the dose was signed: what happened to it since makes no earlier dose wrong."""
    return _as_signed(dose, dose.order) if dose.order else None


def _as_signed(dose: Administration, order: Order) -> facts.Order:
    """A stop, or a dose too many, left its trace where the dose was signed over it."""
    fact, answered = order.as_fact(), {waiver["rule"] for waiver in dose.waivers}
    if STOPPED in answered:
        fact = replace(fact, stopped=order.stopped_on)
    if USED_UP in answered:
        before = _given(order).filter(pk__lt=dose.pk).count()
        fact = replace(fact, doses_planned=_planned(order), doses_given=before)
    return fact


def _planned(order: Order) -> int | None:
    """A protocol may be carried out again, and a series may be without end."""
    if order.kind == OrderKind.PROTOCOL:
        return None
    return order.doses_planned if order.kind == OrderKind.SERIES else 1


def _given(order: Order) -> QuerySet[Administration]:
    """Whole doses that stand: one that was given in part may be completed."""
    return Administration.objects.filter(order=order, status=Status.GIVEN.value, superseded_by=None)
