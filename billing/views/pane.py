"""Everything that is known about one review, as its page and the right half of the work-list show it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from billing import telling
from billing.loading import directory
from billing.models import Decision, Export, ExportedLine, Gap, Review
from billing.models.decision import standing
from billing.views.evidence import lines
from billing.words import AHEAD, OWNERS
from injections import codec, facts
from injections.days import written_day


def pane(review: Review) -> dict[str, Any]:
    """What the templates ask for."""
    gaps = list(review.gaps.all())
    latest = standing(review)
    sent = review.already_sent_id is not None or ExportedLine.objects.filter(line__review=review).exists()
    current, waiting = review.is_current, who_was_there(review)
    answer = json.loads(review.output) if review.output else {}
    visit = encounter_of(review) if review.input else None
    return {
        "review": review,
        "encounter": review.encounter,
        "patient": review.encounter.patient,
        "gaps": [told(gap, waiting) for gap in gaps if gap.blocks],
        "notices": [told(gap, waiting) for gap in gaps if not gap.blocks],
        "doses": telling.doses(visit) if visit else [],
        "directory": directory.named(visit) if visit else [],
        "lines": lines(review, answer, visit),
        "not_billed": review.not_billed.all(),
        "unchecked": answer.get("not_checked", []),
        "latest": latest,
        "state": state(review, latest, len([g for g in gaps if g.blocks]), sent),
        "approve_words": "Agree and next" if not review.failed and not review.lines.all() else "Approve and next",
        "corrects": None if sent else sent_before(review),
        "history": history(review),
        "questions": open_questions(review),
        "days_to_file": (review.file_by - timezone.localdate()).days if review.file_by else None,
        "sent": sent,
        "current": current,
        "acting": current and not sent,
        "newest_pk": Review.objects.filter(encounter=review.encounter_id).values_list("pk", flat=True).first(),
    }


@dataclass(frozen=True)
class State:
    """Where a review stands: a word, a shape, and a tint for those who see it."""

    word: str
    mark: str
    tint: str


def state(review: Review, latest: Decision | None, gaps: int, sent: bool) -> State:
    what = latest.what if latest else ""
    if sent:
        return State("Sent", "→", "info")
    if what == "held":
        return State("Held", "■", "")
    if what == "snoozed" and latest and latest.until and latest.until > timezone.localdate():
        return State(f"Until {latest.until:%-d %b}", "◷", "")
    if review.failed:
        return State("Not worked out", "■", "stop")
    if gaps:
        return State(f"{gaps} gap{'s' if gaps > 1 else ''}", "▲", "warn")
    return State("Approved", "✓", "ok") if what == "approved" else State("Ready", "○", "ok")


def sent_before(review: Review) -> datetime | None:
    """When lines of this visit went out that this answer changes."""
    gone = ExportedLine.objects.filter(line__review__encounter=review.encounter_id)
    latest = gone.select_related("export").order_by("pk").last()
    return latest.export.at if latest else None


def encounter_of(review: Review) -> facts.Encounter:
    """The visit as it was when the answer was given, not as it may be now."""
    return codec.decode(facts.Encounter, json.loads(review.input)["encounter"])


def told(gap: Gap, waiting: dict[str, str]) -> dict[str, Any]:
    """A gap in words: whom it waits for by name, where the record has one."""
    return {
        "gap": gap,
        "summary": gap.summary.rstrip("."),
        "waits_for": waiting.get(gap.owner) or OWNERS[gap.owner],
        "until": AHEAD.get(gap.until, ""),
        "ask": gap.owner in waiting,
    }


def who_was_there(review: Review) -> dict[str, str]:
    """The clinicians of the visit's last dose by what is asked of them."""
    related = ("given_by", "charted_by", "supervisor", "order__ordered_by")
    dose = review.encounter.administrations.select_related(*related).order_by("-pk").first()
    if dose is None:
        return {}
    physician = dose.supervisor or (dose.order.ordered_by if dose.order else None)
    found = {"nurse": dose.given_by or dose.charted_by, "physician": physician}
    return {role: person.short_name for role, person in found.items() if person}


@dataclass(frozen=True)
class Event:
    at: datetime
    what: str
    who: str = ""


def history(review: Review) -> list[Event]:
    """Who decided, asked and sent what about this visit, and when its charges were worked out; newest first."""
    chain = Review.objects.filter(encounter=review.encounter_id)
    events = [Event(answer.created_at, derived(answer)) for answer in chain]
    decisions = Decision.objects.filter(review__in=chain).select_related("by", "undoes")
    events += [Event(row.at, decided(row), row.by.short_name) for row in decisions]
    exports = Export.objects.filter(exported__line__review__in=chain).select_related("by").distinct()
    events += [Event(row.at, "Sent to the practice-management system", row.by.short_name) for row in exports]
    for row in review.encounter.questions.select_related("asked_by", "asked_of", "answered_by"):
        events.append(Event(row.asked_at, f"Asked {row.asked_of.short_name}: {row.text}", row.asked_by.short_name))
        if row.answered_by and row.answered_at:
            events.append(Event(row.answered_at, f"Answered: {row.answer}", row.answered_by.short_name))
    return sorted(events, key=lambda event: event.at, reverse=True)


def open_questions(review: Review) -> list[Any]:
    """What somebody has been asked and has not answered."""
    waiting = review.encounter.questions.filter(answered_at=None).select_related("asked_of")
    return list(waiting.order_by("asked_at"))


def derived(review: Review) -> str:
    again = "again " if review.supersedes_id else ""
    if review.failed:
        return f"Charges could not be worked out (reference {review.error_reference})"
    return f"Charges worked out {again}by edition {review.edition[:8]}"


def decided(decision: Decision) -> str:
    if decision.undoes is not None:
        return f"Took back: {decision.undoes.get_what_display().lower()}"
    until = f" until {written_day(decision.until)}" if decision.until else ""
    why = ": ".join(filter(None, [decision.reason, decision.note]))
    return decision.get_what_display() + until + (f". {why}" if why else "")
