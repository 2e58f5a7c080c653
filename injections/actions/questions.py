"""Questions between colleagues about a visit: the one door through which the bill asks a clinician."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from injections.actions.errors import NotAllowed, Refused
from injections.actions.once import kept_once
from injections.actions.rights import need, same_practice
from injections.models import Administration, Encounter, Question, Staff


@transaction.atomic
def ask(
    *,
    encounter: Encounter,
    text: str,
    by: Staff,
    of: Staff | None = None,
    administration: Administration | None = None,
    submission_key: UUID | None = None,
) -> Question:
    """Ask whoever was there: ``of``, else the one who gave the dose, else the one who opened the visit.

    Asking twice under one key, or the same while it is open, makes one question.
    """
    same_practice(by, encounter, administration, of)
    if not text.strip():
        raise Refused("Write the question", errors={"text": "Write the question"})
    same = encounter.questions.filter(asked_by=by, text=text.strip(), answered_at=None)
    if submission_key:
        same = same | encounter.questions.filter(submission_key=submission_key)
    already = same.first()
    if already is not None:
        return already
    question = Question(
        practice_id=encounter.practice_id,
        encounter=encounter,
        administration=administration,
        asked_by=by,
        asked_of=of or _who_was_there(encounter, administration),
        text=text.strip()[:500],
        submission_key=submission_key,
    )
    return kept_once(question)


def _who_was_there(encounter: Encounter, administration: Administration | None) -> Staff:
    dose = administration or encounter.administrations.order_by("-pk").first()
    return (dose.given_by or dose.charted_by) if dose else encounter.opened_by


@transaction.atomic
def answer(*, question: Question, text: str, by: Staff, now: datetime | None = None) -> Question:
    """Answer a question that waits for this person. An answer stays as it was given; the same again is that answer."""
    need(by, "question.answer", question)
    held = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if (held.answered_by_id, held.answer) == (by.pk, text.strip()[:500]):
        return held
    if held.answered_at is not None:
        raise Refused(f"{held.answered_by} answered this already")
    if held.asked_of_id != by.pk:
        raise NotAllowed(f"This question waits for {held.asked_of.short_name}")
    if not text.strip():
        raise Refused("Write the answer", errors={"answer": "Write the answer"})
    held.answer, held.answered_by, held.answered_at = text.strip()[:500], by, now or timezone.now()
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    return held
