"""Everything that runs in production, on this machine, in a folder that is gone afterwards."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from config.local.places import ROOT, secret
from tests.faults import processes
from tests.faults.cluster import Cluster
from tests.faults.ledger import Ledger, ask, counted
from tests.faults.web import web

KINDS = ("postgres", "web", "worker", "redis")
QUICK = "tests.faults.quick_settings"
#: what is owed is done within two looks into the outbox, and a failed one is tried again a little later
HEALS_WITHIN = 60


class Clinic:
    """PostgreSQL, Redis, web and worker, and a practice with visits that wait for signatures."""

    def __init__(self, home: Path, *, options: tuple[str, ...] = (), settings: str = QUICK) -> None:
        self.home = home
        self.postgres = Cluster(home, options)
        self.environment = {
            **os.environ,
            "DEBUG": "true",  # there is no TLS on this machine
            "DELTOID_DESK": "true",
            "LOG_LEVEL": "WARNING",
            "SECRET_KEY": secret("secret-key"),
            "DJANGO_SETTINGS_MODULE": settings,
            "DATABASE_URL": self.postgres.url("deltoid_app"),
            "DATABASE_OWNER_URL": self.postgres.url("deltoid_owner"),
        }
        self.redis = processes.redis(home, self.environment)
        self.web = web(home, self.environment)
        self.worker = processes.worker(home, self.environment)
        self.kills: Counter[str] = Counter()
        self.practice = 0

    def open(self, count: int) -> Ledger:
        """Start all of it and prepare the visits; nobody has signed yet."""
        self.redis.start()
        self.postgres.copy(model(self.environment))
        prepared = ask("preparing", str(count), environment=self.environment)
        self.practice = prepared["practice"]
        self.web.start()
        self.worker.start()
        return Ledger(int(self.environment["WEB_PORT"]), prepared["sessions"], prepared["visits"])

    def kill(self, kind: str) -> None:
        """SIGKILL one of them, and start it again at once. Redis comes back empty: nothing may depend on it."""
        program: Any = getattr(self, kind)
        program.kill()
        if kind == "redis":
            shutil.rmtree(self.home / "redis")
            (self.home / "redis").mkdir()
        self.kills[kind] += 1
        program.start()

    def count(self, ledger: Ledger, heals_within: float = HEALS_WITHIN) -> dict[str, Any]:
        """The ledger against the database, after the worker had time for what is owed."""
        give_up = time.monotonic() + heals_within
        while True:
            found = counted(self.practice, ledger.acknowledged, self.environment)
            if not (found["owed"] or found["differing"]) or time.monotonic() > give_up:
                return found
            time.sleep(2)

    def close(self) -> None:
        for program in (self.web, self.worker, self.redis):
            program.kill()
        self.postgres.remove()


@cache
def _scratch() -> Path:
    """A folder for as long as this process lives."""
    made = Path(tempfile.mkdtemp(prefix="deltoid-faults-", dir="/var/tmp"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    made.chmod(0o755)  # PostgreSQL runs as another user
    return made


_models: list[Path] = []


def model(environment: dict[str, str]) -> Path:
    """The files of a cluster with all tables and the reference, made once for every clinic of this process."""
    if not _models:
        cluster = Cluster(_scratch())
        cluster.make()
        addresses = {"DATABASE_URL": "deltoid_app", "DATABASE_OWNER_URL": "deltoid_owner"}
        there = {**environment, **{name: cluster.url(role) for name, role in addresses.items()}}
        for command in ("migrate", "load_reference"):
            manage = [sys.executable, "manage.py", command, "--verbosity=0"]
            subprocess.run(manage, cwd=ROOT, env=there, check=True, stdout=sys.stderr)
        cluster.stop()
        _models.append(cluster.data)
    return _models[0]


@contextmanager
def clinic(**how: Any) -> Iterator[Clinic]:
    """A clinic of one's own; its processes and files are gone afterwards, whatever happened."""
    home = Path(tempfile.mkdtemp(prefix="deltoid-faults-", dir="/var/tmp"))
    home.chmod(0o755)  # PostgreSQL runs as another user
    made = Clinic(home, **how)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(home, ignore_errors=True)
