"""Old answers: the stored ones as they were, and asked again under the reference of their day."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

from billing import engine
from billing.actions import review as reviews
from billing.actions.again import as_of, as_then, fresh_answer, stored_answer
from billing.actions.context import named
from billing.actions.replay import RELATED
from billing.case import Case
from billing.context import BillingContext
from billing.loading import rows
from billing.models import EditionRow, Review
from billing.reference import Reference
from billing.replay import Answer, Difference, compare
from injections import chart, codec, facts


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
        then = fresh_answer(question_again(stored, as_of(stored.practice_id, load.pk)))
    now = _today(stored)
    day, about = stored.encounter.date, stored.encounter_id
    moved_then, moved_now = (compare(about, day, was, answer) if answer else None for answer in (then, now))
    return AskedAgain(stored, was, then, now, load, moved_then, moved_now)


def question_again(stored: Review, reference: Reference) -> Case:
    """The engine's answer to a question as it was stored."""
    asked = json.loads(stored.input)
    visit = codec.decode(facts.Encounter, asked["encounter"], "encounter")
    return engine.review(visit, context_from(asked["context"], reference), reference)


def context_from(data: dict[str, Any], reference: Reference) -> BillingContext:
    """The stored context, with its payer as the reference knows it."""
    hints = get_type_hints(BillingContext)
    known = {field.name for field in fields(BillingContext)} - {"payer"}
    said = {name: codec.decode(hints[name], value, name) for name, value in data.items() if name in known}
    return BillingContext(payer=named(data["payer"], reference), **said)


def _today(stored: Review) -> Answer | None:
    """The chart of today, under what is loaded today."""
    if stored.failed:
        return None
    visit = type(stored.encounter)._default_manager.select_related(*RELATED).get(pk=stored.encounter_id)
    reference = reviews.in_force(stored.practice_id)
    return fresh_answer(engine.review(chart.signed_encounter(visit), as_then(visit, stored, reference), reference))
