"""An order beside a dose: what was asked for; and where the dose comes after its stop or in a wait, that too."""

from __future__ import annotations

from dataclasses import replace

from injections import facts
from injections.chart.given import given_before, given_under, next_number
from injections.models import Administration, AdministrationDraft, Order

STOPPED, USED_UP, PAUSED = "order.order_stopped", "order.order_used_up", "order.order_paused"


def order_for(draft: AdministrationDraft, order: Order) -> facts.Order:
    """The order for a dose that is being charted. A correction reads it as the first version did."""
    if draft.corrects and draft.corrects.order_id == order.pk:
        return _as_signed(draft.corrects, order)
    day = draft.encounter.date
    fact, planned = order.as_fact(number_for(draft)), order.planned
    if order.stopped_on is not None and order.stopped_on <= day:
        fact = replace(fact, stopped=order.stopped_on)
    if (pause := order.waits_on(day)) is not None:
        fact = replace(fact, paused_until=pause.until)
    if planned is not None and (given := given_before(order, day).count()) >= planned:
        fact = replace(fact, doses_planned=planned, doses_given=given)
    return fact


def number_for(draft: AdministrationDraft) -> int | None:
    """Which dose of its order a draft is, where the order says it of each; a correction keeps the number."""
    if draft.order is None or not draft.order.loading:
        return None
    if draft.corrects and draft.corrects.order_id == draft.order_id:
        return draft.corrects.dose_number
    return next_number(draft.order, draft.encounter.date)


def order_of(dose: Administration) -> facts.Order | None:
    """The order as it stood when the dose was signed: what happened to it since makes no earlier dose wrong."""
    return _as_signed(dose, dose.order) if dose.order else None


def _as_signed(dose: Administration, order: Order) -> facts.Order:
    """A stop, a wait or a dose too many left its trace where the dose was signed over it."""
    fact, answered = order.as_fact(dose.dose_number), {waiver["rule"] for waiver in dose.waivers}
    if STOPPED in answered:
        fact = replace(fact, stopped=order.stopped_on)
    if PAUSED in answered and (pause := order.pauses.filter(said_at__lte=dose.charted_at).last()) is not None:
        fact = replace(fact, paused_until=pause.until)
    if USED_UP in answered:
        before = given_under(order).filter(pk__lt=dose.pk).count()
        fact = replace(fact, doses_planned=order.planned, doses_given=before)
    return fact
