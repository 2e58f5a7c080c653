"""How much memory a piece of work may take in a worker. Time is limited by the task that does it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STATM = Path("/proc/self/statm")
MEGABYTE = 1024 * 1024


@contextmanager
def memory(megabytes: int) -> Iterator[None]:
    """Let this process grow by so much and no more: past that, ``MemoryError``. Nothing where the system cannot say.

    For a worker that does one thing at a time: the limit is the process's, not the block's.
    """
    if not STATM.exists():
        yield
        return
    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = int(STATM.read_text().split()[0]) * resource.getpagesize() + megabytes * MEGABYTE
    ceilings = [limit for limit in (before, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([wanted, *ceilings]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))
