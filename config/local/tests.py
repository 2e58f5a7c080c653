"""`dev.py test`: every check, then every test, on two processes or more. The last line printed is pytest's own."""

import os
import subprocess
import sys

from config.local import browser, checks, services
from config.local.places import ROOT

OPTIONS_OF_A_FULL_RUN = {"--no-browser"}
#: more would wait for the one PostgreSQL
MOST_PROCESSES = 4


def main(arguments: list[str]) -> int:
    """Arguments go to pytest, and then only pytest runs; `--no-browser` alone still means everything else."""
    everything = OPTIONS_OF_A_FULL_RUN.issuperset(arguments)
    environment = services.start()
    checked = checks.run_all(environment) if everything else 0
    if everything and "--no-browser" not in arguments:
        browser.need()
    pytest = [sys.executable, "-m", "pytest", *(side_by_side() if everything else []), *arguments]
    tested = subprocess.run(pytest, cwd=ROOT, env=environment).returncode
    return tested or checked


def side_by_side() -> list[str]:
    """A file's tests stay together on one process: they share what was slow to make. Long ones come first."""
    processes = min(len(os.sched_getaffinity(0)), MOST_PROCESSES)
    return [f"--numprocesses={processes}", "--dist=loadfile", "--no-loadscope-reorder"] if processes > 1 else []
