"""A replay on several processes of this machine, each with its own connection. What differs streams back in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from multiprocessing import get_context

from django.db import connection

from billing.actions.imports import Order
from billing.actions.one_process import Beginning, Part, ask, begin
from billing.actions.replay import visits_since
from billing.draft import Draft
from billing.replay import Difference
from billing.tallies import Totals
from config.transactions import task_transaction
from injections import chart

#: visits that a process is given at once
PART = 100
PAGE = 2_000
#: parts that wait for each process, so that none is ever idle and few answers are held
AHEAD = 2


@dataclass(slots=True)
class SideBySide:
    """One pass over the visits since a day of service. Iterate it once; ``totals`` are whole when it has ended."""

    since: date
    workers: int
    draft: Draft | None = None
    order: Order | None = None
    tell: Callable[[int, str], None] = lambda encounter, problem: None
    charted: bool = False
    totals: Totals = field(default_factory=Totals)

    def __iter__(self) -> Iterator[Difference]:
        order = self.order
        file = (order.kind, order.path, order.asked.since, order.asked.excerpt) if order else None
        beginning = Beginning(connection.settings_dict["NAME"], self.since, self.charted, self.draft, file)
        # Fresh processes, because a copy of this one would share its connection.
        pool = ProcessPoolExecutor(self.workers, get_context("spawn"), initializer=begin, initargs=(beginning,))
        waiting: deque[Future[Part]] = deque()
        with pool:
            for practice_id, ids in self._parts():
                waiting.append(pool.submit(ask, practice_id, ids))
                if len(waiting) > self.workers * AHEAD:
                    yield from self._taken(waiting.popleft())
            while waiting:
                yield from self._taken(waiting.popleft())

    def _parts(self) -> Iterator[tuple[int, list[int]]]:
        """Visits of one practice each time: a process sees the rows of one practice only."""
        for practice_id in chart.practices():
            last = 0
            while page := self._page(practice_id, last):
                ids = iter(page)
                while part := list(islice(ids, PART)):
                    yield practice_id, part
                last = page[-1]

    def _page(self, practice_id: int, last: int) -> list[int]:
        with task_transaction(practice_id):
            visits = visits_since(self.since, practice_id).filter(pk__gt=last)
            return list(visits.values_list("pk", flat=True)[:PAGE])

    def _taken(self, brought: Future[Part]) -> list[Difference]:
        part = brought.result()
        self.totals.add(part.totals)
        for encounter, problem in part.problems:
            self.tell(encounter, problem)
        return part.found
