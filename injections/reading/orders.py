"""Orders as people say them, and which of them still wait for a dose."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from injections.chart.given import with_given
from injections.models import Order, Patient
from injections.models.columns import quantity_or_none
from injections.models.order import OrderKind
from injections.models.practice import PracticeQuerySet
from injections.quantity import format_dose
from injections.reading.chips import Chip
from injections.routes import route_words
from injections.templatetags.words import day as day_words
from injections.templatetags.words import full_day


def in_words(order: Order) -> str:
    """ "cyanocobalamin 1,000 mcg intramuscular, every 4 weeks"."""
    dose = quantity_or_none(order.dose_amount, order.dose_unit)
    amount = format_dose(dose) if dose else "dose not recorded"
    return f"{order.product.display} {amount} {route_words(order.route)}, {order.frequency}"


def with_doses(orders: PracticeQuerySet[Order]) -> PracticeQuerySet[Order]:
    """Each order with ``given``: how many of its doses count, and the days of the first and the last of them."""
    return with_given(orders.select_related("product", "ordered_by", "signed_by", "protocol", "pause__said_by"))


def unfinished(orders: PracticeQuerySet[Order]) -> PracticeQuerySet[Order]:
    """Those under which another dose is still to come, signed or not."""
    series = Q(kind__in=[OrderKind.SERIES, OrderKind.PROTOCOL])
    more = Q(doses_planned__isnull=True) | Q(given__lt=F("doses_planned"))
    return with_doses(orders.filter(stopped_on__isnull=True)).filter((series & more) | (~series & Q(given=0)))


def waiting(patient: Patient, day: date | None = None) -> PracticeQuerySet[Order]:
    """The patient's orders under which a dose can be given on that day."""
    day = day or timezone.localdate()
    return unfinished(patient.orders.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day)))


def used_up(order: Order) -> bool:
    """Whether every dose of it was given. Needs ``given``, as :func:`with_doses` adds it."""
    return order.planned is not None and getattr(order, "given", 0) >= order.planned


def state_of(order: Order) -> Chip:
    """How far the order has come. Needs ``given``, as :func:`with_doses` adds it.

    Nothing is complete before its practitioner has signed it: the claim of what was given waits for that.
    """
    given: int = getattr(order, "given", 0)
    planned = order.planned
    if order.stopped_on is not None:
        return Chip("", "■", "Stopped")
    if order.signed_at is None:
        return Chip("warn", "✎", "Given, not signed" if used_up(order) else "Unsigned")
    if used_up(order):
        return Chip("ok", "✓", "Complete")
    if order.expires_on is not None and order.expires_on < timezone.localdate():
        return Chip("", "■", "Ended")
    if (pause := order.waits_on(timezone.localdate())) is not None:
        return Chip("warn", "■", f"Paused until {day_words(pause.until)}")
    if not given:
        return Chip("info", "○", "Ready")
    return Chip("info", "◐", f"{given} of {planned} given" if planned else f"{given} given")


def waits_for_signer(order: Order, day: date) -> str:
    """Why its practitioner must act before it is given, for whoever holds the vial; empty where nobody must."""
    if order.stopped_on is not None:
        return "This order was stopped"
    if order.signed_at is None:
        spoken = order.recorded_by_id not in (None, order.ordered_by_id)
        return "This spoken order is not signed yet" if spoken else "This order is not signed yet"
    if order.expires_on is not None and order.expires_on < day:
        return f"This order ended {full_day(order.expires_on)}"
    pause = order.waits_on(day)
    return f"This order is paused until {full_day(pause.until)}: {pause.reason}" if pause is not None else ""
