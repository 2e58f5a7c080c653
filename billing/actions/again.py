"""Asking about one visit again: under what reference, and which rule made a line move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.utils import timezone as clock

from billing import engine
from billing.actions import review
from billing.actions.context import context, named
from billing.case import Case
from billing.causes import Words, cause, listening, words
from billing.context import BillingContext
from billing.draft import Draft
from billing.loading import rows
from billing.models import ClaimLine, Review
from billing.outcomes import Gate, Outcome
from billing.reference import Reference
from billing.replay import Answer, Difference, Line, LineMove, compare
from billing.rules import RULEBOOK
from injections import chart, facts

#: the reference of a practice before any draft
Loaded = Callable[[int], Reference]


@dataclass(slots=True)
class Asker:
    """Asks the engine about signed visits under what is loaded, or under a draft of it, and hears which rule says what.

    ``tried`` is what would be loaded, where a whole file is tried and not only rows.
    """

    draft: Draft | None = None
    tried: Loaded | None = None
    _drafted: dict[int, Reference] = field(default_factory=dict)
    _heard: list[Outcome] = field(default_factory=list)
    _rules: Any = None

    def difference(self, encounter: Any, before: Review) -> Difference | None:
        """What would move against the stored answer, each line under the rule whose words moved it."""
        visit = chart.signed_encounter(encounter)
        reference = self.reference(encounter.practice_id)
        about = as_then(encounter, before, reference)
        case, said = self.listen(self.draft.on_visit(visit) if self.draft else visit, about, reference)
        found = compare(encounter.pk, encounter.date, stored_answer(before), fresh_answer(case))
        if found is None or not found.lines:
            return found
        then = reference_then(before)
        same, were = self.listen(visit, replace(about, payer=named(about.payer.key, then)), then)
        return put_down(found, fresh_answer(same), were, said)

    def listen(self, visit: facts.Encounter, about: BillingContext, reference: Reference) -> tuple[Case, Words]:
        """The answer, and what was said on the way to it."""
        if self._rules is None:
            self._rules = listening(RULEBOOK, self._heard)
        self._heard.clear()
        case = engine.review(visit, about, reference, rules=self._rules)
        return case, words(self._heard)

    def reference(self, practice_id: int) -> Reference:
        """What would be in force for a practice."""
        loaded = (self.tried or review.in_force)(practice_id)
        if self.draft is None:
            return loaded
        if practice_id not in self._drafted:
            if len(self._drafted) >= MOST_DRAFTED:
                self._drafted.clear()
            self._drafted[practice_id] = self.draft.over(loaded)
        return self._drafted[practice_id]


def as_then(encounter: Any, before: Review, reference: Reference) -> BillingContext:
    """The context of a visit as on the day of its stored answer: that time has passed moves nothing."""
    about = context(encounter, reference)
    then = clock.localdate(before.created_at, timezone=encounter.practice.zone)
    return replace(about, filing=replace(about.filing, as_of=then) if about.filing else None)


def put_down(found: Difference, undrafted: Answer, were: Words, are: Words) -> Difference:
    """Each move under its rule. The answer without the draft lends its names of lines to the stored one."""
    keys = {line.claimed: line.key for line in undrafted.lines}

    def because(move: LineMove) -> str:
        known = replace(move.before, key=keys.get(move.before.claimed, "")) if move.before else None
        return cause(replace(move, before=known), were, are)

    return found.put_down_to(because)


#: drafted references kept at once, one for each practice
MOST_DRAFTED = 50


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


def stored_answer(stored: Review) -> Answer:
    """What a review says, from its rows."""
    return Answer(
        stored.payer_key,
        tuple(_stored_line(line) for line in stored.lines.all()),
        frozenset(gap.rule for gap in stored.gaps.all() if gap.gate != Gate.NOTHING),
        frozenset(row.rule for row in stored.not_billed.all()),
    )


def fresh_answer(case: Case) -> Answer:
    """The same of an answer that is not stored, by way of the very columns that storing would fill."""
    answer = review.answered(case)
    lines = [_stored_line(ClaimLine(**columns)) for columns in review.line_columns(answer)]
    return Answer(
        case.context.payer.key,
        tuple(replace(line, key=charge.key) for line, charge in zip(lines, case.charges, strict=True)),
        frozenset(finding.rule for finding in case.findings if finding.gate != Gate.NOTHING),
        frozenset(row["rule"] for row in answer["not_billed"]),
    )


def _stored_line(line: ClaimLine) -> Line:
    return Line(
        line.code,
        line.units,
        line.rule,
        tuple(line.modifiers),
        tuple(line.diagnoses),
        tuple(line.administrations),
        tuple(sorted(line.ndc.items())) if line.ndc else (),
        line.expected,
    )
