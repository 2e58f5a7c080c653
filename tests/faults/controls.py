"""Two ways to do it wrong. The harness has to notice each; where it does not, it sees nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.faults.clinic import clinic

#: signatures of one try, and how often a control is tried before it counts as not noticed
SIGNED, TRIES = 30, 3


def without_synchronous_commit() -> dict[str, Any]:
    """PostgreSQL answers before it has written: what is killed with it was acknowledged."""
    with clinic(options=("synchronous_commit=off", "wal_writer_delay=10s")) as made:
        ledger = made.open(SIGNED * TRIES)
        ledger.start()
        ledger.wait_for(SIGNED)
        made.kill("postgres")
        ledger.stop()
        return made.count(ledger, heals_within=0)


def with_a_bare_task() -> dict[str, Any]:
    """Charges are sent to a worker after the commit, and the worker is killed with them in its hands."""
    with clinic(settings="tests.faults.bare_settings") as made:
        ledger = made.open(SIGNED * TRIES)
        ledger.start()
        for tried in range(1, TRIES + 1):
            ledger.wait_for(SIGNED * tried // 2)
            made.kill("worker")
            made.kill("redis")
        ledger.stop()
        return made.count(ledger, heals_within=20)


def _noticed(control: Callable[[], dict[str, Any]], by: str) -> bool:
    return bool(control()[by])


CONTROLS: dict[str, Callable[[], bool]] = {
    "synchronous_commit=off": lambda: _noticed(without_synchronous_commit, "lost"),
    "charges in a bare task": lambda: _noticed(with_a_bare_task, "differing"),
}
