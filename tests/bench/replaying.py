"""How quick a replay is by the number of processes, and how much memory it takes by the number of visits."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import psutil

from tests.copying import copied

PAYERS = ("medicare", "medicaid", "commercial", "medicare-advantage", "self-pay")
BATCH = 500
DRAFT = """
key = "medicaid"
[[wants]]
demand = "line-modifiers"
value = { 96372 = "UD" }
source = "a bench"
"""


@dataclass(frozen=True)
class Measured:
    """One replay of the command: visits and differing ones per second are of the clock, megabytes of the heaviest."""

    visits: int
    workers: int
    seconds: float
    megabytes: float

    @property
    def per_second(self) -> float:
        return self.visits / self.seconds


def without_hashing() -> None:
    """Hashing passwords is no part of what is measured: whoever signs here has shown theirs."""
    from injections.actions import proving
    from tests import factories

    factories.proof_of = lambda person: proving.Proof(person.pk, None, time.monotonic())


def make_visits(count: int, practice: object) -> None:
    """Signed visits with their stored answers: a few made as a clinic makes them, the others copied row by row."""
    from tests.billing.signing import signed

    patterns = [signed(payer, practice=practice) for payer in PAYERS]
    for begin in range(0, count - len(PAYERS), BATCH):
        here = min(BATCH, count - len(PAYERS) - begin)
        _copy([patterns[(begin + n) % len(patterns)] for n in range(here)])


def _copy(visits: list[object]) -> None:
    from django.apps import apps

    def model(name: str) -> object:
        app, _, label = name.partition(".")
        return apps.get_model(app, label)

    patients = copied(model("injections.Patient"), [v.patient for v in visits])
    again = copied(type(visits[0]), visits, patient=patients)
    for name, owner, owned in (
        ("injections.Coverage", "patient", (visits, "patient", patients)),
        ("injections.Administration", "encounter", (visits, None, again)),
        ("billing.Review", "encounter", (visits, None, again)),
    ):
        sources, through, targets = owned
        kept, of = [], []
        for visit, target in zip(sources, targets, strict=True):
            found = model(name).objects.filter(**{owner: getattr(visit, through) if through else visit})
            kept += found
            of += [target] * len(found)
        copies = copied(model(name), kept, **{owner: of})
        for part in PARTS.get(name, ()):
            _copy_parts(model(part), name, kept, copies)


PARTS = {
    "injections.Administration": ("injections.Signature",),
    "billing.Review": ("billing.ClaimLine", "billing.Gap", "billing.NotBilled"),
}
OWNER = {"injections.Administration": "administration", "billing.Review": "review"}


def _copy_parts(kind: object, name: str, kept: list[object], copies: list[object]) -> None:
    rows = [(row, copy) for own, copy in zip(kept, copies, strict=True) for row in _of(kind, OWNER[name], own)]
    if rows:
        copied(kind, [row for row, _ in rows], **{OWNER[name]: [copy for _, copy in rows]})


def _of(kind: object, owner: str, row: object) -> Iterable[object]:
    cached = _seen.setdefault((kind, row.pk), None)
    if cached is None:
        cached = _seen[(kind, row.pk)] = list(kind.objects.filter(**{owner: row}))
    return cached


_seen: dict[object, list[object] | None] = {}


def replayed(count: int, workers: int, draft: str) -> Measured:
    """Run the command on all visits and watch its processes."""
    from tests.factories import NOW

    since = (NOW.date() - timedelta(days=1)).isoformat()
    command = [sys.executable, "manage.py", "replay", "--since", since, "--json", "--workers", str(workers)]
    began = time.monotonic()
    process = psutil.Popen([*command, "--with", draft], stdout=subprocess.DEVNULL, env=os.environ.copy())
    heaviest = max(_weights(process), default=0)
    if process.wait():
        raise SystemExit(f"the replay of {count} visits failed")
    return Measured(count, workers, time.monotonic() - began, heaviest / 1e6)


def _weights(process: psutil.Popen) -> Iterator[int]:
    """The resident memory of the heaviest of its processes, four times a second."""
    while process.poll() is None:
        yield max((_weight(one) for one in (process, *_children(process))), default=0)
        time.sleep(0.25)


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.NoSuchProcess:
        return []


def _weight(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
