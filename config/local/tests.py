"""`dev.py test`: every check, then every test. The last line printed is pytest's own."""

import subprocess
import sys

from config.local import browser, checks, services
from config.local.places import ROOT

OPTIONS_OF_A_FULL_RUN = {"--no-browser"}


def main(arguments: list[str]) -> int:
    """Arguments go to pytest, and then only pytest runs; `--no-browser` alone still means everything else."""
    everything = OPTIONS_OF_A_FULL_RUN.issuperset(arguments)
    environment = services.start()
    checked = checks.run_all(environment) if everything else 0
    if everything and "--no-browser" not in arguments:
        browser.need()
    pytest = [sys.executable, "-m", "pytest", *arguments]
    tested = subprocess.run(pytest, cwd=ROOT, env=environment).returncode
    return tested or checked
