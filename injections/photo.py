"""A photo of a vial -> the codes on it. The picture is decoded in a process of its own and kept nowhere.

Whoever sends a picture sends a program's input: it is opened by a child process that may take so much memory and so
many seconds and no more, and that knows nothing of this one (no settings, no database, no environment).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from injections.scan import Scan, ScanError, read_scan

CHILD = Path(__file__).with_name("photo_child.py")
#: bytes of a picture, less than the server takes of a whole request; seconds for all of it
LARGEST, PATIENCE = 9_500_000, 6.0
NOT_READ = "No code could be read in this photo. Hold the camera closer, in good light, or type lot and expiry"


def codes_in(picture: bytes) -> list[str]:
    """The texts of the codes in a picture, as a scanner would send them. Raises :class:`ScanError` with what to do."""
    if len(picture) > LARGEST:
        raise ScanError("This photo is too large. Take it again with a lower resolution")
    try:
        command = [sys.executable, "-I", str(CHILD)]
        done = subprocess.run(  # noqa: S603 - the command is ours word for word, the picture goes in as data
            command, input=picture, capture_output=True, timeout=PATIENCE, env={}, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as problem:
        raise ScanError(NOT_READ) from problem
    found = json.loads(done.stdout)
    if "refused" in found:
        raise ScanError(found["refused"])
    return [str(code) for code in found["codes"]]


def best_code(codes: Iterable[str]) -> str:
    """The one that says most about the vial. Raises :class:`ScanError` where there is none, or two vials are seen."""
    read = [scan for scan in map(_readable, codes) if scan is not None]
    if not read:
        raise ScanError(NOT_READ)
    if len({scan.gtin for scan in read if scan.gtin}) > 1 or len({scan.lot for scan in read if scan.lot}) > 1:
        raise ScanError("There are codes of two vials in this photo. Take it again with one of them")
    return max(read, key=_told).raw


def _readable(code: str) -> Scan | None:
    try:
        return read_scan(code)
    except ScanError:
        return None


def _told(scan: Scan) -> int:
    return sum(fact is not None for fact in (scan.gtin, scan.lot, scan.expires, scan.serial))
