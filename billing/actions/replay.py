"""Asking signed visits again with today's rules, under the reference in force or a draft of it. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone as clock

from billing import engine
from billing.actions import review
from billing.actions.context import context
from billing.case import Case
from billing.loading.draft import Draft, DraftError, read_draft
from billing.models import ClaimLine, Payer, Review
from billing.outcomes import Gate
from billing.reference import Reference
from billing.replay import Answer, Difference, Line, Totals, compare
from injections import chart

#: visits whose stored answers are read at once
CHUNK = 200
#: where a day begins first
_EASTERNMOST = timezone(timedelta(hours=14))
RELATED = ("patient", "location", "practice", "coverage")


@dataclass(slots=True)
class Replay:
    """One pass over the visits since a day of service. Iterate it once; ``totals`` are whole when it has ended."""

    since: date
    draft: Draft | None = None
    #: told the place of what the rules raised, never its message: it may quote the chart
    tell: Callable[[int, Exception], None] = lambda encounter, problem: None
    totals: Totals = field(default_factory=Totals)
    _references: dict[int, Reference] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Difference]:
        """The visits that differ, by their ids. The database itself refuses to write meanwhile."""
        with reading_only():
            rows = visits_since(self.since).iterator(chunk_size=CHUNK)
            while some := list(islice(rows, CHUNK)):
                stored = answers_stored({row.pk for row in some})
                for row in some:
                    yield from self._one(row, stored.get(row.pk))

    def _one(self, encounter: Any, before: Review | None) -> Iterable[Difference]:
        if before is None or before.failed:
            self.totals.without_answer += 1
            return ()
        try:
            with transaction.atomic():
                case = self.ask(encounter, before)
        except Exception as problem:
            self.totals.failed += 1
            self.tell(encounter.pk, problem)
            return ()
        difference = compare(encounter.pk, encounter.date, stored_answer(before), fresh_answer(case))
        self.totals.count(difference)
        return () if difference is None else (difference,)

    def ask(self, encounter: Any, before: Review) -> Case:
        """The engine's answer, asked as on the day of the stored one: that time has passed moves nothing."""
        reference = self.reference(encounter.practice_id)
        about = context(encounter, reference)
        then = clock.localdate(before.created_at, timezone=encounter.practice.zone)
        about = replace(about, filing=replace(about.filing, as_of=then) if about.filing else None)
        return engine.review(chart.signed_encounter(encounter), about, reference)

    def reference(self, practice_id: int) -> Reference:
        """What is in force for the practice, with the draft over it."""
        if practice_id not in self._references:
            loaded = review.in_force(practice_id)
            self._references[practice_id] = self.draft.over(loaded) if self.draft else loaded
        return self._references[practice_id]


def draft_from(path: Path) -> Draft:
    """The draft in a file, of a payer that is loaded or new. Raises :class:`DraftError` with the path."""
    draft = read_draft(path)
    needed = {draft.follows} if draft.name and draft.kind else {draft.follows, draft.key}
    unknown = needed - {"", *Payer.objects.values_list("key", flat=True)}
    if unknown:
        raise DraftError(f"{path}: {min(unknown)} is no payer that is loaded; a new one needs name and kind")
    return draft


@contextmanager
def reading_only() -> Iterator[None]:
    """A transaction in which PostgreSQL refuses every write."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


def visits_since(day: date) -> Any:
    """Visits of that day of service and later in which a dose was signed."""
    earliest = datetime.combine(day, time.min, tzinfo=_EASTERNMOST)
    return chart.signed_since(earliest).filter(date__gte=day).select_related(*RELATED)


def answers_stored(encounters: set[int]) -> dict[int, Review]:
    """The current review of each visit, with all that is compared."""
    current = Review.objects.filter(encounter_id__in=encounters, superseded_by__isnull=True)
    found = current.defer("input", "output").prefetch_related("lines", "gaps", "not_billed")
    return {row.encounter_id: row for row in found}


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
    return Answer(
        case.context.payer.key,
        tuple(_stored_line(ClaimLine(**columns)) for columns in review.line_columns(answer)),
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
