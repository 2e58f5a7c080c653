"""Where things are kept on this machine, and the lock that keeps two commands from building them at once."""

import fcntl
import hashlib
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"


def say(message: str) -> None:
    """Speak to the person: standard error, because standard output belongs to the command they run."""
    print(message, file=sys.stderr, flush=True)


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold the lock called `name`; another command that wants it waits."""
    LOCAL.mkdir(mode=0o700, exist_ok=True)
    with (LOCAL / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def secret(name: str) -> str:
    """A random value made once for this checkout, readable by its owner only."""
    path = LOCAL / "secrets" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


def checkout_hash() -> str:
    """Tells this checkout from another one on the same machine."""
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
