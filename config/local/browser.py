"""The Chromium that the browser tests drive: the distribution's, because Playwright's own are downloads."""

import os
import shutil
import subprocess
import sys

from config.local.places import say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = (
    "The browser tests need Chromium: sudo apt-get install chromium\n"
    "(or set CHROMIUM to the path of one, or leave those tests out with --no-browser)"
)


def find() -> str | None:
    """The path of a Chromium, from the variable CHROMIUM or from PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def need() -> None:
    """Get a Chromium where we may, else say how and stop: browser tests are never skipped in silence."""
    apt = shutil.which("apt-get")
    if find():
        return
    if not apt or os.geteuid() != 0:
        raise SystemExit(MISSING)
    say("Installing Chromium for the browser tests ...")
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run([apt, *step], check=True, stdout=sys.stderr)
