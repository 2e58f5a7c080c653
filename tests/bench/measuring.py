"""How long an answer takes and how much the tables weigh.

Processor time is counted and the best of several runs taken, so that a busy machine matters less.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations

from billing.engine import review
from billing.loading import load_reference, shipped_reference
from billing.reference import Reference
from billing.rules import RULEBOOK
from tests.bench import least
from tests.bench.visits import TYPICAL, Asked


@dataclass(frozen=True)
class Speed:
    """The best of several runs, in visits per second.

    With the clinical checks, without them, with no rule but those that speak, with no rule at all, and the bare loop.
    """

    whole: float
    rules_alone: float
    speaking_alone: float
    opened: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many bare loops fit into one answer."""
        return self.bare / self.whole


def speed(*, runs: int, rounds: int) -> Speed:
    reference = shipped_reference()
    looked_up = [_look_ups(asked, reference) for asked in TYPICAL]
    speaking = least.speaking_rules(TYPICAL, reference)

    def whole(visits: Iterable[Asked]) -> None:
        for encounter, context in visits:
            review(encounter, context, reference)

    def rules_alone(visits: Iterable[Asked]) -> None:
        for encounter, context in visits:
            review(encounter, context, reference, examine=least.silent)

    def speaking_alone(visits: Iterable[Asked]) -> None:
        least.ask_only(visits, reference, speaking)

    def opened(visits: Iterable[Asked]) -> None:
        least.open_all(visits, reference)

    def bare(visits: Iterable[Asked]) -> None:
        for place, _ in enumerate(visits):
            looked_up[place % len(looked_up)]()

    works = (whole, rules_alone, speaking_alone, opened, bare)
    return Speed(*(len(TYPICAL) * rounds / best(work, runs, rounds) for work in works))


def best(work: Callable[[Iterable[Asked]], None], runs: int, rounds: int) -> float:
    """Seconds of processor time of the quickest run, each over visits that were never seen before."""
    work(as_never_seen(TYPICAL))
    times = []
    for _ in range(runs):
        visits = [asked for _ in range(rounds) for asked in as_never_seen(TYPICAL)]
        gc.collect()
        began = time.process_time()
        work(visits)
        times.append(time.process_time() - began)
    return min(times)


def as_never_seen(visits: Iterable[Asked]) -> Iterator[Asked]:
    """The same visits as new facts: a visit keeps what was worked out about it, and nobody asks the same one twice."""
    for encounter, context in visits:
        doses = tuple(replace(dose) for dose in encounter.administrations)
        yield replace(encounter, administrations=doses, patient=replace(encounter.patient)), replace(context)


def _look_ups(asked: Asked, reference: Reference) -> Callable[[], None]:
    """What no way of answering can do without: the payer's demands, the codes of the drugs, and the tables' rows."""
    encounter, context = asked
    codes = [charge.code for charge in review(encounter, context, reference).charges]
    products = [dose.product for dose in encounter.administrations if dose.product]
    demands = [rule.wants for rule in RULEBOOK if rule.wants]

    def look_up() -> None:
        view = reference.on(encounter.date)
        for demand in demands:
            context.payer.wants(demand, encounter.date)
        for product in products:
            product.codings_on(encounter.date)
        for code in codes:
            view.price(code)
            view.limit(code)
        for one, other in permutations(codes, 2):
            view.pair(one, other)

    return look_up


def weight_traced() -> float:
    """Megabytes that Python holds for one loaded reference."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        kept = load_reference()
        gc.collect()
        held = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert kept.products
    return held / 1e6


RESIDENT = """
import gc, psutil
import billing.engine, billing.loading
process = psutil.Process()
before = process.memory_info().rss
kept = billing.loading.load_reference()
gc.collect()
after = process.memory_info().rss
print((after - before) / 1e6, after / 1e6)
"""


def weight_resident() -> tuple[float, float]:
    """Megabytes of the operating system: by which a fresh process grows when it loads the tables, and all it holds."""
    told = subprocess.run([sys.executable, "-c", RESIDENT], capture_output=True, text=True, check=True)
    grown, whole = told.stdout.split()
    return float(grown), float(whole)
