"""Test databases: one migrated template, and clones of it that tests reach as the application's role.

A superuser would pass every check and an owner every right, so the tests are neither. They cannot empty
tables either: Django's TRUNCATE is refused to them as it will be in production. A test that commits therefore
spoils its clone, and the next test gets a new one.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import psycopg.sql
from psycopg.conninfo import conninfo_to_dict

from config import roles

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "deltoid_test_"
LOG = "injections_auditevent"
# What decides the contents of the template: migrations, shipped reference data, and what loads them.
DECIDING = (
    "*/migrations/*.py",
    "*/formulary/**/*",
    "billing/loading/**/*",
    "billing/imports/**/*",
    "billing/reference/**/*",
    "billing/management/commands/load_reference.py",
    "config/roles.py",
    "config/tables.py",
    "injections/audit/*.py",
    "tests/databases.py",
    "requirements/runtime.txt",
)


class Databases:
    """The owner's view of the test databases. Names in use are held by advisory locks, so that two runs at
    once never remove each other's, and what a killed run left behind is removed by the next."""

    def __init__(self, owner_url: str, app_url: str) -> None:
        self.owner_url, self.app_url = owner_url, app_url
        self.app = str(conninfo_to_dict(app_url)["user"])
        self.server = psycopg.connect(owner_url, autocommit=True)
        self.template = f"{PREFIX}template_{fingerprint()}"
        self.kept: list[str] = []

    def prepare_template(self) -> None:
        """Migrate the template once for all runs with the same migrations and reference data."""
        with self.holding("building"):
            self.hold(self.template)
            self.remove_leftovers()
            if self.exists(self.template):
                return
            unfinished = f"{PREFIX}unfinished"
            self.drop(unfinished)
            roles.execute(self.server, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", unfinished)
            self.fill(unfinished)
            roles.execute(self.server, "ALTER DATABASE {} RENAME TO {}", unfinished, self.template)

    def fill(self, name: str) -> None:
        """Rights, tables and reference rows, each made by the role that makes them in production."""
        owner, app = elsewhere(self.owner_url, name), elsewhere(self.app_url, name)
        roles.prepare_database(owner, self.app)
        environment = {**os.environ, "DATABASE_URL": app, "DATABASE_OWNER_URL": owner}
        manage("migrate", "--verbosity=0", environment=environment)
        with unwatched(owner):
            manage("load_reference", environment=environment)
        self.empty_log(owner)

    def empty_log(self, owner_url: str) -> None:
        """A test's log begins empty, whatever a migration wrote."""
        with psycopg.connect(owner_url) as owner:
            owner.execute(f"ALTER TABLE {LOG} DISABLE TRIGGER USER")
            owner.execute(f"TRUNCATE {LOG}")
            owner.execute(f"ALTER TABLE {LOG} ENABLE TRIGGER USER")

    def keep(self, name: str, kept: str) -> None:
        """Copy `name` as it stands now, so that others may begin with what a test has made; gone with this run."""
        self.hold(kept)
        self.drop(kept)
        self.end_sessions(name)
        roles.execute(self.server, "CREATE DATABASE {} TEMPLATE {}", kept, name)
        self.kept.append(kept)

    def clone(self, name: str, of: str = "") -> None:
        """Make `name` a fresh copy of the template or of what was kept, whatever it was before."""
        self.hold(name)
        self.drop(name)
        roles.execute(self.server, "CREATE DATABASE {} TEMPLATE {}", name, of or self.template)
        roles.admit(self.server, name, self.app)
        # A test's rows need not survive a power cut.
        roles.execute(self.server, "ALTER DATABASE {} SET synchronous_commit = off", name)

    def drop(self, name: str) -> None:
        """End our own sessions and drop it. FORCE would refuse where an autovacuum worker, the superuser's, is at work
        in it; a plain DROP asks that worker to leave."""
        self.end_sessions(name)
        roles.execute(self.server, "DROP DATABASE IF EXISTS {}", name)

    def end_sessions(self, name: str) -> None:
        self.server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
            [name],
        )

    def exists(self, name: str) -> bool:
        return bool(self.server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())

    def hold(self, name: str) -> None:
        self.server.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [name])

    @contextmanager
    def holding(self, name: str) -> Iterator[None]:
        self.server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        yield
        self.server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])

    def remove_leftovers(self) -> None:
        """Drop test databases that no living run holds: clones of killed runs and outdated templates."""
        found = self.server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname <> %s",
            [PREFIX, self.template],
        ).fetchall()
        for (name,) in found:
            unused = self.server.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone()
            if unused == (True,):
                self.drop(name)
                self.server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


@contextmanager
def unwatched(owner_url: str) -> Iterator[None]:
    """The shipped reference is loaded without a row of the log for each of its thousands: no test reads them."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        found = owner.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'audited'").fetchall()
        tables = [psycopg.sql.SQL(name) for (name,) in found]
        for table in tables:
            owner.execute(psycopg.sql.SQL("ALTER TABLE {} DISABLE TRIGGER audited").format(table))
        yield
        for table in tables:
            owner.execute(psycopg.sql.SQL("ALTER TABLE {} ENABLE TRIGGER audited").format(table))


def fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in DECIDING for path in ROOT.glob(pattern) if path.is_file()}):
        if "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def elsewhere(url: str, database: str) -> str:
    """The same server and role, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def manage(*arguments: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed on the test template:\n{done.stdout}{done.stderr}")
