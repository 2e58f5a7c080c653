"""`dev.py mutate [N]`: put N small faults into the pure part, one at a time, and list those that no test notices.

The faults go into a copy of the checkout. A fault that changes nothing that anybody could see survives rightly; the
others are tests to write. Which places are taken is drawn by lot; `--seed` draws the same ones again.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.local import services
from config.local.places import ROOT, say

PURE = (
    "billing/rules/*.py",
    "billing/units.py",
    "billing/portions.py",
    "billing/supply.py",
    "billing/ndc_lines.py",
    "billing/sticks.py",
    "injections/checks/*.py",
)
COPIED = ("billing", "config", "injections", "tests", "pyproject.toml", "manage.py")
#: what stands on a chapter: its own twins, asked first, and the whole visits
TESTS = {
    "billing": [
        "tests/billing/rules",
        "tests/scenarios",
        "tests/billing/test_units.py",
        "tests/billing/test_faults.py",
    ],
    "injections": ["tests/injections/checks", "tests/scenarios", "tests/billing/test_faults.py"],
}
QUIET = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-header", "--tb=no"]
#: no run is given up sooner, nor before it took so many times what it takes without a fault
LONGEST_RUN, PATIENCE = 120, 4
#: a run without a fault that takes longer says that the machine has other work
UNFAULTED = 1200
#: pytest's word for having found nothing to run
NO_TESTS = 5


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    began, drawn, environment = time.monotonic(), draw(options), services.start()
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        waits = {of: patience(copy, tests, environment) for of, tests in TESTS.items()}
        tried, left = 0, []
        for module, place in drawn:
            if time.monotonic() - began > options.minutes * 60:
                break
            tried += 1
            left += survivor(copy, module, place, environment, waits[module.partition("/")[0]])
    say(f"{tried} faults, {tried - len(left)} noticed, {len(left)} not")
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python3 dev.py mutate")
    made.add_argument("count", nargs="?", type=int, default=40, help="how many faults (40)")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--minutes", type=float, default=10, help="stop after so long, whatever is left (10)")
    made.add_argument("--only", default="", help="modules whose path has this in it")
    return made


def draw(options: argparse.Namespace) -> list[tuple[str, int]]:
    from tests.bench.mutating import count

    modules = [path for pattern in PURE for path in sorted(ROOT.glob(pattern)) if options.only in str(path)]
    places = [(str(p.relative_to(ROOT)), n) for p in modules for n in range(count(p.read_text(encoding="utf-8")))]
    say(f"{len(places)} places in {len(modules)} modules")
    return random.Random(options.seed).sample(places, min(options.count, len(places)))  # nosec B311 # noqa: S311 - no secret comes of it


def copied(folder: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def patience(copy: Path, tests: list[str], environment: dict[str, str]) -> float:
    """How many seconds a run of these tests may take: by what it takes without a fault on this machine today."""
    began = time.monotonic()
    if not passes(copy, tests, environment, UNFAULTED):
        raise SystemExit(f"Without any fault the tests fail, or take more than {UNFAULTED} s: {' '.join(tests)}")
    return max(LONGEST_RUN, PATIENCE * (time.monotonic() - began))


def survivor(copy: Path, module: str, place: int, environment: dict[str, str], wait: float) -> list[str]:
    """The fault as one line where every test passes all the same, else nothing."""
    from tests.bench.mutating import fault

    path = copy / module
    whole = path.read_text(encoding="utf-8")
    found = fault(whole, place)
    path.write_text(found.text, encoding="utf-8")
    try:
        tests, chapter = TESTS[module.partition("/")[0]], Path(module).stem
        own = [tests[0], "-k", f"{chapter}.", "--no-summary"]
        unnoticed = passes(copy, own, environment, wait) and passes(copy, tests, environment, wait)
    finally:
        path.write_text(whole, encoding="utf-8")
    line = f"{module}:{found.line}  {found.what}"
    if unnoticed:
        print(line, flush=True)
    return [line] if unnoticed else []


def passes(copy: Path, tests: list[str], environment: dict[str, str], wait: float) -> bool:
    """A run that never ends has noticed the fault."""
    command = [sys.executable, "-B", "-m", "pytest", *QUIET, *tests]
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=wait)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode in (0, NO_TESTS)
