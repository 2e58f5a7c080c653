"""Two ways to do it wrong. The harness has to notice each; where it does not, it sees nothing.

What would decide by chance whether anything is lost is held still first: the log writer before the first signature,
the worker before those whose charges it is to lose.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.faults.clinic import clinic

#: signatures before the kill, and prepared in all
SIGNED, PREPARED = 30, 90
#: nothing but the log writer writes the log: no full buffer, no page pushed out, no checkpoint, no clean-up
UNWRITTEN = (
    "synchronous_commit=off",
    "wal_buffers=64MB",
    "bgwriter_lru_maxpages=0",
    "checkpoint_timeout=1h",
    "autovacuum=off",
)


def without_synchronous_commit() -> dict[str, Any]:
    """PostgreSQL answers before it has written: what is killed with it was acknowledged."""
    with clinic(options=UNWRITTEN) as made:
        ledger = made.open(PREPARED)
        if made.postgres.hold_log_writer() != 1:
            raise RuntimeError("PostgreSQL has no log writer to hold, or more than one")
        ledger.start()
        ledger.wait_for(SIGNED)
        made.kill("postgres")
        ledger.stop()
        return made.count(ledger, heals_within=0)


def with_a_bare_task() -> dict[str, Any]:
    """Charges are sent to a worker after the commit, and the worker is killed with them in its hands."""
    with clinic(settings="tests.faults.bare_settings") as made:
        ledger = made.open(PREPARED)
        made.worker.hold()
        ledger.start()
        ledger.wait_for(SIGNED)
        made.kill("worker")
        made.kill("redis")
        ledger.stop()
        return made.count(ledger, heals_within=12)


def _noticed(control: Callable[[], dict[str, Any]], by: str) -> bool:
    return bool(control()[by])


CONTROLS: dict[str, Callable[[], bool]] = {
    "synchronous_commit=off": lambda: _noticed(without_synchronous_commit, "lost"),
    "charges in a bare task": lambda: _noticed(with_a_bare_task, "differing"),
}
