"""Signing while everything is killed, then counting what is there.

`python3 dev.py faults [--count N] [--kills K] [--seed S] [--minutes M] [--postgres FOLDER]` is bounded: it ends when N
signatures are acknowledged and each kind was killed K times, or when its minutes are over.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

from config.local.places import say
from tests.faults.clinic import clinic
from tests.faults.cluster import PROGRAMS
from tests.faults.controls import CONTROLS
from tests.faults.striking import strike

BROKEN = ("lost", "doubled", "differing", "torn", "owed")


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    say(f"seed {options.seed}")
    if options.postgres:
        os.environ[PROGRAMS] = str(options.postgres)
    found = run(options.count, options.kills, options.seed, options.minutes * 60)
    say(json.dumps(found, indent=1))
    broken = [name for name in BROKEN if found[name]]
    complete = found["acknowledged"] >= options.count and all(n >= options.kills for n in found["kills"].values())
    controls = {} if options.no_controls else {name: control() for name, control in CONTROLS.items()}
    say(json.dumps(controls, indent=1))
    for name, noticed in controls.items():
        if not noticed:
            broken.append(f"the control {name} was not noticed")
    say("broken: " + ", ".join(broken) if broken else "nothing lost, doubled, torn or differing")
    return 1 if broken or not complete else 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python3 dev.py faults")
    made.add_argument("--count", type=int, default=10_000, help="signatures to be acknowledged")
    made.add_argument("--kills", type=int, default=20, help="SIGKILLs for each of postgres, web, worker and redis")
    made.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    made.add_argument("--minutes", type=float, default=60, help="give up after that long")
    made.add_argument("--postgres", type=Path, help="folder of another PostgreSQL's programs, such as Debian's")
    made.add_argument("--no-controls", action="store_true", help="leave out the two that must fail")
    return made


def run(count: int, kills: int, seed: int, seconds: float) -> dict[str, Any]:
    """Sign and strike, then count."""
    with clinic() as made:
        ledger = made.open(count)
        began = time.monotonic()
        ledger.start()
        strike(made, ledger, count, kills, random.Random(seed), began + seconds)
        ledger.finish(max(0.0, began + seconds - time.monotonic()))
        signing = time.monotonic() - began
        return {**made.count(ledger), "kills": made.kills, "tries": ledger.tries, "seconds": round(signing, 1)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
