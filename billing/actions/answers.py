"""Old answers: the stored ones as they were, and asked again under the reference of their day."""

from __future__ import annotations

from dataclasses import dataclass

from billing import engine
from billing.actions import review as reviews
from billing.actions.again import as_of
from billing.actions.questions import RELATED, charted_question, stored_question
from billing.actions.said import said_now, stored_answer
from billing.loading import rows
from billing.models import EditionRow, Review
from billing.replay import Answer, Difference, compare


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A stored answer beside the answers to the same question then and now; ``None`` where there is none to give.

    ``then`` is the stored question under the tables of its day, ``now`` the chart of today under the tables of today;
    the rules are those of this version in both.
    """

    stored: Review
    was: Answer
    then: Answer | None
    now: Answer | None
    load: EditionRow | None
    moved_then: Difference | None = None
    moved_now: Difference | None = None


def earlier(encounter_id: int) -> list[Review]:
    """Every answer that was ever stored about a visit, newest first."""
    found = Review.objects.filter(encounter_id=encounter_id).order_by("-pk")
    return list(found.prefetch_related("lines", "gaps", "not_billed"))


def ask_again(stored: Review, load: EditionRow | None = None) -> AskedAgain:
    """Put the question of a stored answer again. ``load`` asks under another load than that of the answer."""
    load = load or rows.edition_named(stored.edition)
    was = stored_answer(stored)
    then = None
    if load is not None and stored.input:
        reference = as_of(stored.practice_id, load.pk)
        then = said_now(engine.review(*stored_question(stored, reference), reference))
    now = _today(stored)
    day, about = stored.encounter.date, stored.encounter_id
    moved_then, moved_now = (compare(about, day, was, answer) if answer else None for answer in (then, now))
    return AskedAgain(stored, was, then, now, load, moved_then, moved_now)


def _today(stored: Review) -> Answer | None:
    """The chart of today, under what is loaded today."""
    if stored.failed:
        return None
    visit = type(stored.encounter)._default_manager.select_related(*RELATED).get(pk=stored.encounter_id)
    reference = reviews.in_force(stored.practice_id)
    return said_now(engine.review(*charted_question(visit, stored, reference), reference))
