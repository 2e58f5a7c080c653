"""`dev.py bench [NAME]`: how quick and how heavy the pure part is. NAME is speed, memory or profile."""

import subprocess
import sys

from config.local.places import ROOT


def main(arguments: list[str]) -> int:
    """Nothing is needed but the code: no database, no server."""
    return subprocess.run([sys.executable, "-m", "tests.bench", *arguments], cwd=ROOT).returncode
