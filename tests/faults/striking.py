"""When which program is killed: at moments that chance picks, and never when there is nothing left to sign."""

from __future__ import annotations

import random
import sys
import time

from tests.faults.clinic import KINDS, Clinic
from tests.faults.ledger import Ledger

#: signatures before the first kill
FIRST = 5
#: how far the clients may sign ahead of the next kill, so that some are always under way when it comes
AHEAD = 12


def strike(made: Clinic, ledger: Ledger, count: int, kills: int, chance: random.Random, give_up: float) -> None:
    """Kill each kind that often, in random order, each once a random number of signatures is acknowledged.

    ``give_up`` is a moment of the monotonic clock after which nothing is killed any more.
    """
    plan = [kind for kind in KINDS for _ in range(kills)]
    chance.shuffle(plan)
    moments = sorted(chance.randint(FIRST, max(FIRST, count - AHEAD)) for _ in plan)
    for kind, moment in zip(plan, moments, strict=True):
        ledger.allow(moment + AHEAD)
        while len(ledger.acknowledged) < min(moment, count) and time.monotonic() < give_up:
            time.sleep(0.01)
        if time.monotonic() > give_up:
            break
        made.kill(kind)
    ledger.allow(sys.maxsize)
