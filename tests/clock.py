"""The clock of the tests: the day at the clinic, and the whole run moved to another moment.

`DELTOID_TEST_CLOCK=2026-11-01T06:30Z python3 dev.py test tests/injections` runs as if it had begun then, and time
goes on from there. Only this process is moved: not PostgreSQL, not Chromium, not the programs that tests/faults starts.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine

#: where the practices of tests/factories.py and of the demo are
ZONE = ZoneInfo("America/Chicago")
NAME = "DELTOID_TEST_CLOCK"


def today() -> date:
    """The clinic's day. At its six o'clock in the evening or a little later, UTC has the next one."""
    return datetime.now(ZONE).date()


def moved(environment: dict[str, str] | os._Environ[str] = os.environ) -> time_machine.travel | None:
    """What moves the run, where the environment asks for it; ValueError where it names no moment in UTC."""
    asked = environment.get(NAME)
    if not asked:
        return None
    moment = datetime.fromisoformat(asked)
    if moment.utcoffset() != timedelta(0):
        raise ValueError(f"{NAME} wants a moment in UTC, such as 2026-11-01T06:30Z, not {asked}")
    return time_machine.travel(moment.astimezone(UTC), tick=True)
