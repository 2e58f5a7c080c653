"""`dev.py bench [NAME]`: how quick and how heavy it is. NAME is speed, memory, profile, replay or audit."""

import subprocess
import sys

from config.local import services
from config.local.places import ROOT


def main(arguments: list[str]) -> int:
    """The replay and the log need a database; everything else nothing but the code."""
    environment = services.start() if {"replay", "audit"}.intersection(arguments) else None
    return subprocess.run([sys.executable, "-m", "tests.bench", *arguments], cwd=ROOT, env=environment).returncode
