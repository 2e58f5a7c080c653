"""A physician's queue: which records wait, which of them need a close look, and what was done today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from injections.actions import cosigning
from injections.chart.afterwards import reaction_of
from injections.facts import SupervisionMode
from injections.models import Administration, Order, OrderRequest, Question, Signature, Staff
from injections.models.columns import quantity_or_none
from injections.models.presence import PresenceMode
from injections.models.reaction import EntryKind
from injections.models.signature import Meaning
from injections.quantity import format_dose
from injections.reading.day import bounds
from injections.templatetags.words import clock, day

OVERDUE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record of the queue with what makes it worth a close look."""

    dose: Administration
    exceptions: tuple[str, ...]
    overdue: bool

    @property
    def clean(self) -> bool:
        return not self.exceptions


def queue(by: Staff) -> list[Waiting]:
    """What waits for this physician, oldest first."""
    late = timezone.now() - OVERDUE
    return [
        Waiting(dose, tuple(exceptions(dose)), overdue=dose.given_at is not None and dose.given_at < late)
        for dose in cosigning.waiting_for(by).prefetch_related(
            "signatures", "questions", "reactions__entries", "observations"
        )
    ]


def exceptions(dose: Administration) -> list[str]:
    """What differs from the plain case, in sentences with both values where there are two."""
    found = [_in_full(sentence, dose) for sentence in cosigning.exceptions(dose)]
    if dose.supervision_mode != PresenceMode.IN_SUITE:
        found.append(_supervision(dose.supervision_mode))
    return found


def _in_full(sentence: str, dose: Administration) -> str:
    if sentence.startswith("Dose differs") and dose.order is not None:
        ordered = dose.order.dose_of(dose.dose_number)
        given = quantity_or_none(dose.dose_amount, dose.dose_unit)
        if ordered is not None and given is not None:
            why = f": {dose.dose_change_reason}" if dose.dose_change_reason else ""
            return f"Ordered {format_dose(ordered)}, given {format_dose(given)}{why}"
    if sentence.startswith("A reaction"):
        return f"Reaction: {dose.adverse_effects or _seen(dose)}"
    if sentence.startswith("Charted late") and dose.given_at is not None:
        return f"Given {_moment(dose.given_at)}, charted {_moment(dose.charted_at)}"
    if sentence.startswith("Corrected"):
        return f"Corrected: {dose.correction_reason}"
    return sentence


def _seen(dose: Administration) -> str:
    """What the log of its reaction says was seen."""
    called = reaction_of(dose)
    seen = [entry.text.lower() for entry in called.entries.all() if entry.kind == EntryKind.SIGN] if called else []
    return ", ".join(dict.fromkeys(seen)) or "read its log"


def _moment(moment: datetime) -> str:
    return f"{day(moment)} {clock(moment)}"


def _supervision(mode: str) -> str:
    words = {
        SupervisionMode.AUDIO_VIDEO: "The physician was on live video, not in the suite",
        SupervisionMode.AUDIO_ONLY: "The physician was on the phone only",
        SupervisionMode.NONE: "No physician in the suite",
    }
    return words.get(SupervisionMode(mode) if mode else SupervisionMode.NONE, "Who supervised is not recorded")


def unsigned_orders(by: Staff) -> QuerySet[Order]:
    """Orders given by word of mouth, or put off, that wait for this physician's name."""
    waiting = Order.objects.for_user(by).filter(ordered_by=by, signed_at__isnull=True, stopped_on__isnull=True)
    waiting = waiting.exclude(requests__answered_at=None, requests__isnull=False)
    return waiting.select_related("patient", "product", "recorded_by").order_by("ordered_on", "pk")


def asked_of(by: Staff) -> QuerySet[OrderRequest]:
    """Orders that colleagues cannot give before this physician signs or renews them; a patient may be waiting.

    ``waits`` says of each whether it is paused.
    """
    asked = OrderRequest.objects.for_user(by).filter(asked_of=by, answered_at=None)
    said = asked.annotate(waits=Q(order__pause__until__gt=timezone.localdate()))
    return said.select_related("order__patient", "order__product", "asked_by").order_by("asked_at")


def open_questions(by: Staff) -> int:
    """How many colleagues, billers mostly, wait for this physician's answer."""
    return Question.objects.for_user(by).filter(asked_of=by, answered_at__isnull=True).count()


def signed_today(by: Staff) -> int:
    first, after = bounds(timezone.localdate())
    signed = Signature.objects.filter(signer=by, meaning=Meaning.COSIGNED, signed_at__gte=first, signed_at__lt=after)
    return signed.count()


def after(waiting: Sequence[Waiting], pk: int) -> int | None:
    """The record that follows this one in the queue, else the first of the others."""
    ids = [row.dose.pk for row in waiting]
    others = [other for other in ids if other != pk]
    if pk in ids:
        others = ids[ids.index(pk) + 1 :] or others
    return others[0] if others else None
