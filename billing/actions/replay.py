"""Asking signed visits again, with today's rules, under the reference in force or a draft of it. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from billing.actions.again import Asker
from billing.actions.questions import RELATED
from billing.draft import Draft, DraftError
from billing.draft.document import read_draft
from billing.models import Payer, Review
from billing.replay import Difference
from billing.tallies import Totals
from config.transactions import task_transaction
from injections import chart

#: visits whose stored answers are read at once
CHUNK = 200
#: where a day begins first
_EASTERNMOST = timezone(timedelta(hours=14))


@dataclass(slots=True)
class Replay:
    """One pass over signed visits. Iterate it once; ``totals`` are whole when it has ended.

    ``only`` names the visits where one pass is a part of a larger one; ``practice_id`` the practice, where it is one.
    """

    since: date
    asker: Asker = field(default_factory=Asker)
    #: told the place of what the rules raised, never its message: it may quote the chart
    tell: Callable[[int, Exception], None] = lambda encounter, problem: None
    only: Sequence[int] | None = None
    practice_id: int | None = None
    #: ask about the chart as it stands, and not as it was asked about for the stored answer
    charted: bool = False
    totals: Totals = field(default_factory=Totals)

    def __iter__(self) -> Iterator[Difference]:
        """The visits that differ, by their ids. While they are asked about the database itself refuses to write.

        Some are read at a time, each time in a transaction of its own: whoever takes the answers may take their time.
        """
        for practice_id in chart.practices() if self.practice_id is None else [self.practice_id]:
            yield from self._of(practice_id)

    def _of(self, practice_id: int) -> Iterator[Difference]:
        last = 0
        while some := self._next(practice_id, last):
            with reading_only(practice_id):
                found = list(self._several(some))
            yield from found
            last = some[-1]

    def _next(self, practice_id: int, last: int) -> list[int]:
        """The numbers of the visits after one, some at a time."""
        with task_transaction(practice_id):
            visits = visits_since(self.since, practice_id).filter(pk__gt=last)
            found = visits if self.only is None else visits.filter(pk__in=self.only)
            return list(found.values_list("pk", flat=True)[:CHUNK])

    def _several(self, some: list[int]) -> Iterator[Difference]:
        """One query for all of them, where charts are not read."""
        stored, charts = answers_stored(some), self._charts(some)
        for pk in some:
            yield from self._one(pk, stored.get(pk), charts.get(pk))

    def _charts(self, some: list[int]) -> Mapping[int, Any]:
        """Their rows, where charts are asked about."""
        if not self.charted:
            return {}
        found = visits_since(self.since, self.practice_id).filter(pk__in=some).select_related(*RELATED)
        return {row.pk: row for row in found}

    def _one(self, pk: int, before: Review | None, chart: Any) -> Iterable[Difference]:
        if before is None or before.failed or not before.input:
            self.totals.without_answer += 1
            return ()
        try:
            # Only reading a chart asks the database anything: a place to go back to costs two queries a visit.
            with transaction.atomic() if chart else nullcontext():
                difference = self.asker.difference(before, chart)
        except Exception as problem:
            self.totals.failed += 1
            self.tell(pk, problem)
            return ()
        self.totals.count(difference)
        return () if difference is None else (difference,)


def draft_from(path: Path) -> Draft:
    """The draft in a file, of what is loaded or new. Raises :class:`DraftError` with the path."""
    draft = read_draft(path)
    try:
        refuse_unknown(draft)
    except DraftError as problem:
        raise DraftError(str(path), str(problem)) from problem
    return draft


def refuse_unknown(draft: Draft, practice_id: int | None = None) -> None:
    """Raise :class:`DraftError` for a payer or drug that nobody loaded; for one practice, in its own payers too."""
    payers = Payer.objects.all()
    if practice_id is not None:
        payers = payers.filter(practice=None) | payers.filter(practice_id=practice_id)
    drugs = apps.get_model("injections", "Product")._default_manager.values_list("key", flat=True)
    draft.refuse_unknown(payers=set(payers.values_list("key", flat=True)), drugs=set(drugs))


@contextmanager
def reading_only(practice_id: int) -> Iterator[None]:
    """A transaction for one practice in which PostgreSQL refuses every write."""
    with task_transaction(practice_id):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


def visits_since(day: date, practice_id: int | None = None) -> Any:
    """Visits of that day of service and later in which a dose was signed."""
    earliest = datetime.combine(day, time.min, tzinfo=_EASTERNMOST)
    found = chart.signed_since(earliest).filter(date__gte=day)
    return found if practice_id is None else found.filter(practice_id=practice_id)


def answers_stored(encounters: Sequence[int]) -> dict[int, Review]:
    """The current review of each visit, with all that is compared."""
    current = Review.objects.filter(encounter_id__in=encounters, superseded_by__isnull=True)
    return {row.encounter_id: row for row in current}
