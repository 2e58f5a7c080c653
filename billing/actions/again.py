"""Asking about one visit again: under what reference, and which rule made a line move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from billing import engine
from billing.actions import review
from billing.actions.context import named
from billing.actions.questions import Drugs, Question, charted_question, stored_question
from billing.actions.said import said_now, said_then
from billing.case import Case
from billing.causes import Words, cause, listening, words
from billing.draft import Draft
from billing.loading import rows
from billing.models import Review
from billing.outcomes import Outcome
from billing.reference import Reference
from billing.replay import Answer, Difference, LineMove, compare
from billing.rules import RULEBOOK

#: the reference of a practice before any draft
Loaded = Callable[[int], Reference]


@dataclass(slots=True)
class Asker:
    """Asks the engine about signed visits under what is loaded, or under a draft of it, and hears which rule says what.

    ``tried`` is what would be loaded, where a whole file is tried and not only rows.
    """

    draft: Draft | None = None
    tried: Loaded | None = None
    _would_be: dict[int, Reference] = field(default_factory=dict)
    _was: dict[tuple[str, int], Reference] = field(default_factory=dict)
    _heard: list[Outcome] = field(default_factory=list)
    _rules: Any = None
    _drugs: Drugs | None = None

    def difference(self, stored: Review, charted: Any = None) -> Difference | None:
        """What would move against the stored answer, each line under the rule whose words moved it.

        The question is the stored one, about the drugs as they are loaded; with the row of the visit it is its chart.
        """
        reference = self.reference(stored.practice_id)
        if charted is None:
            asked = stored_question(stored, reference, self.drugs)
        else:
            asked = charted_question(charted, stored, reference)
        drafted = asked._replace(visit=self.draft.on_visit(asked.visit)) if self.draft else asked
        now = said_now(engine.review(*drafted, reference))
        found = compare(stored.encounter_id, asked.visit.date, said_then(stored), now)
        return found and (self._put_down(found, asked, drafted, stored) if found.lines else found)

    def _put_down(self, found: Difference, asked: Question, drafted: Question, stored: Review) -> Difference:
        """Ask twice more and listen: only few visits differ, and listening takes time."""
        _, said = self.listen(drafted, self.reference(stored.practice_id))
        then = self.reference_then(stored)
        like_then = asked._replace(about=replace(asked.about, payer=named(asked.about.payer.key, then)))
        same, were = self.listen(like_then, then)
        return put_down(found, said_now(same), were, said)

    def listen(self, asked: Question, reference: Reference) -> tuple[Case, Words]:
        """The answer, and what was said on the way to it."""
        if self._rules is None:
            self._rules = listening(RULEBOOK, self._heard)
        self._heard.clear()
        case = engine.review(*asked, reference, rules=self._rules)
        return case, words(self._heard)

    @property
    def drugs(self) -> Drugs:
        """The formulary as it is loaded, read once."""
        if self._drugs is None:
            self._drugs = {product.key: product for product in rows.products()}
        return self._drugs

    def reference(self, practice_id: int) -> Reference:
        """What would be in force for a practice, the same for as long as is asked."""
        if practice_id not in self._would_be:
            loaded = (self.tried or review.in_force)(practice_id)
            _bounded(self._would_be)[practice_id] = self.draft.over(loaded) if self.draft else loaded
        return self._would_be[practice_id]

    def reference_then(self, stored: Review) -> Reference:
        """The reference that a stored answer was given under, as far as it is known; else what is loaded now."""
        key = (stored.edition, stored.practice_id)
        if key not in self._was:
            _bounded(self._was)[key] = reference_then(stored)
        return self._was[key]


def _bounded(kept: dict[Any, Reference]) -> dict[Any, Reference]:
    """The same with room for one more."""
    if len(kept) >= MOST_KEPT:
        kept.clear()
    return kept


def put_down(found: Difference, undrafted: Answer, were: Words, are: Words) -> Difference:
    """Each move under its rule. The answer without the draft lends its names of lines to the stored one."""
    keys = {line.claimed: line.key for line in undrafted.lines}

    def because(move: LineMove) -> str:
        known = replace(move.before, key=keys.get(move.before.claimed, "")) if move.before else None
        return cause(replace(move, before=known), were, are)

    return found.put_down_to(because)


#: references kept at once, one for each practice
MOST_KEPT = 50


def reference_then(stored: Review) -> Reference:
    """The reference that a stored answer was given under, as far as it is known; else what is loaded now."""
    row, newest = rows.edition_named(stored.edition), rows.edition_row()
    if row is None or row == newest:
        return review.in_force(stored.practice_id)
    return as_of(stored.practice_id, row.pk)


def as_of(practice_id: int, edition: int) -> Reference:
    """The reference as it stood after that load, with the practice's payers of today."""
    return replace(_loaded_then(edition), payers=rows.read_payers(practice_id))


@lru_cache(maxsize=2)
def _loaded_then(edition: int) -> Reference:
    return rows.reference(as_of=edition)
