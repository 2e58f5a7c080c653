"""What billers do with a review: approve, hold, release, snooze, and take that back. Each is a new row."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from billing.actions import visits
from billing.actions.errors import Refused, Superseded
from billing.models import Decision, ExportedLine, Review
from billing.models.decision import standing
from injections.chart import kept_from_plan

What = Decision.What


@transaction.atomic
def approve(*, review: Review, by: Any) -> Decision:
    """Let the lines go with the next export. Refused while anything holds up the claim."""
    _open(review)
    if review.failed:
        raise Refused("The charges could not be worked out yet, so there is nothing to approve.")
    if kept_from_plan(review.encounter):
        raise Refused("This visit may not be told to the plan, so no claim is made.")
    gap = review.gaps.exclude(gate="nothing").first()
    if gap is not None:
        raise Refused(f"{_sentence(gap.summary)} The claim waits until that is settled.")
    return _decide(review, by, What.APPROVED)


@transaction.atomic
def hold(*, review: Review, by: Any, reason: str, note: str = "") -> Decision:
    """Keep the lines back for a reason, until somebody releases them."""
    _open(review)
    if not reason.strip():
        raise Refused("Choose why it is held.")
    return _decide(review, by, What.HELD, reason=reason.strip(), note=note.strip())


@transaction.atomic
def release(*, review: Review, by: Any) -> Decision:
    """Put a held or snoozed review back among the others; once it is back, there is nothing more to do."""
    _open(review)
    latest = standing(review)
    if latest is None or latest.what not in (What.HELD, What.SNOOZED, What.RELEASED):
        raise Refused("This is neither held nor snoozed.")
    return _decide(review, by, What.RELEASED)


@transaction.atomic
def snooze(*, review: Review, by: Any, until: date, today: date) -> Decision:
    """Take it out of sight until a day."""
    _open(review)
    if until <= today:
        raise Refused("Choose a day after today.")
    return _decide(review, by, What.SNOOZED, until=until)


@transaction.atomic
def undo(*, review: Review, by: Any, decision: int | None = None) -> Decision:
    """Take back what was decided last. What has gone to the payer cannot be taken back here.

    ``decision`` is the one that the page showed: asked again, its undoing is what stands, and no other goes with it.
    """
    _open(review)
    latest = standing(review)
    before = review.decisions.filter(undoes_id=decision).first() if decision else None
    if before is not None:
        return before
    if decision and latest is not None and latest.pk != decision:
        raise Refused("Something else was decided since.")
    if latest is None:
        raise Refused("There is nothing to undo.")
    return _decide(review, by, What.UNDONE, undoes=latest)


def _open(review: Review) -> None:
    """Hold the visit, and make sure that this is its newest answer and has not been sent."""
    visits.hold(review.encounter_id)
    if not review.is_current:
        raise Superseded
    if ExportedLine.objects.filter(line__review=review).exists():
        raise Refused("These lines have been sent.")


def _decide(review: Review, by: Any, what: str, **more: Any) -> Decision:
    """A new decision; deciding again what stands already changes nothing."""
    latest = standing(review)
    if latest is not None and latest.what == what and all(getattr(latest, k) == v for k, v in more.items()):
        return latest
    return Decision.objects.create(practice_id=review.practice_id, review=review, what=what, by=by, **more)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
