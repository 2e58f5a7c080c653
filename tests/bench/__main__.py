"""`dev.py bench [NAME]`: measure, and say what was measured."""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import tempfile

from billing.engine import review
from billing.loading import shipped_reference
from billing.rules import RULEBOOK
from tests.bench.measuring import as_never_seen, speed, weight_resident, weight_traced
from tests.bench.visits import TYPICAL

#: many and short ones: on a busy machine few long ones are never undisturbed
RUNS = 70


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def of_speed() -> None:
    found = speed(runs=RUNS, rounds=10)
    asked = f"{len(TYPICAL)} typical visits, {len(RULEBOOK)} rules"
    tell(f"visits per second and process, {asked}, best of {RUNS} short runs")
    tell(f"  whole answer         {found.whole:10,.0f}")
    tell(f"  without the checks   {found.rules_alone:10,.0f}")
    tell(f"  the same, of rules only those that speak {found.speaking_alone:,.0f}; no rule at all {found.opened:,.0f}")
    tell(f"  bare loop            {found.bare:10,.0f}   one answer takes as long as {found.ratio:.1f} bare loops")


def of_memory() -> None:
    grown, whole = weight_resident()
    tell(f"megabytes of a loaded reference: {weight_traced():.0f} by Python's count, {grown:.0f} by the system's")
    tell(f"  a process that holds it: {whole:.0f}")


def of_profile() -> None:
    """Where the time goes, by function."""
    reference, profile = shipped_reference(), cProfile.Profile()
    visits = [asked for _ in range(100) for asked in as_never_seen(TYPICAL)]
    profile.enable()
    for encounter, context in visits:
        review(encounter, context, reference)
    profile.disable()
    pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(30)


def of_replay() -> None:
    """The whole command: start, reading rows, asking, comparing, writing JSON. REPLAY_VISITS: how many, by commas."""
    from tests.bench import database, replaying

    sizes = [int(size) for size in os.environ.get("REPLAY_VISITS", "2000,20000").split(",")]
    tell("replay by the clock, the command from its start to its end, one visit in five differs")
    with database.fresh(), tempfile.NamedTemporaryFile("w", suffix=".toml") as draft:
        from tests.factories import PracticeFactory

        draft.write(replaying.DRAFT)
        draft.flush()
        replaying.without_hashing()
        practice = PracticeFactory()
        made = 0
        for size in sorted(sizes):
            with database.quietly():
                replaying.make_visits(size - made, practice)
            made = size
            for workers in (1, os.cpu_count() or 1):
                found = replaying.replayed(size, workers, draft.name)
                tell(
                    f"  {size:7,} visits, {workers} processes: {found.per_second:6.0f} a second, "
                    f"{found.megabytes:5.0f} MB in the heaviest process"
                )


def of_audit() -> None:
    """The log by any column, the chain over it, and what the guards cost. AUDIT_ROWS: how many."""
    from tests.bench import auditing, database

    rows = int(os.environ.get("AUDIT_ROWS", "1000000"))
    with database.fresh():
        plain, fenced, watched = auditing.guards()
        tell(f"writes a second: {plain:,.0f} plain, {fenced:,.0f} fenced, {watched:,.0f} fenced and watched")
        tell(f"a page of the log of {rows:,} rows, and the next one, by each column; the slower of both")
        for sort, seconds in auditing.pages(rows):
            tell(f"  {sort:9} {seconds:6.3f} s")
        sealed, sealing, checking = auditing.sealed()
        tell(f"{sealed:,} rows: {sealing:,.0f} a second sealed, {checking:,.0f} a second checked")


BENCHES = {"speed": of_speed, "memory": of_memory, "profile": of_profile, "replay": of_replay, "audit": of_audit}

if __name__ == "__main__":
    unknown = [name for name in sys.argv[1:] if name not in BENCHES]
    if unknown:
        sys.exit(f"{unknown[0]} is none of: {', '.join(BENCHES)}")
    for name in sys.argv[1:] or ("speed", "memory"):
        BENCHES[name]()
