"""A PostgreSQL of its own, which may be killed at any moment without touching anybody's data."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from config import roles
from config.local import postgres
from config.local.ports import LOOPBACK, any_free
from tests.faults.processes import hold, kill_tree

PASSWORD = "only-for-this-run"
NAME = "deltoid"
STARTS_WITHIN = 60
#: where the programs of another PostgreSQL stand, such as Debian's; the embedded one where it is not set
PROGRAMS = "FAULTS_POSTGRES"


class Cluster:
    """PostgreSQL's programs on a folder and a port of their own. ``options`` are the server's, such as
    ``synchronous_commit=off``."""

    def __init__(self, home: Path, options: tuple[str, ...] = ()) -> None:
        self.data, self.options, self.port = home / "postgres", options, any_free()
        self.log = home / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, role: str, database: str = NAME) -> str:
        return f"postgresql://{role}:{PASSWORD}@{LOOPBACK}:{self.port}/{database}?connect_timeout=5"

    def copy(self, model: Path) -> None:
        """Begin with the files of a cluster that was stopped, and start."""
        postgres.make_home()
        self._own(self.log)
        subprocess.run(["cp", "-a", model, self.data], check=True)
        self.start()

    def make(self) -> None:
        """A new cluster with the application's roles and an empty database."""
        postgres.make_home()
        self.data.mkdir(mode=0o700)
        password = self.data.with_name("password")
        password.write_text(PASSWORD)
        self._own(self.data, password, self.log)
        _run("initdb", "-D", self.data, "-U", "postgres", "--pwfile", password, "--auth=scram-sha-256",
             "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums")  # fmt: skip
        self.start()
        roles.prepare_server(self.url("postgres", "postgres"), self.url("deltoid_owner"), self.url("deltoid_app"))

    def _own(self, *paths: Path) -> None:
        """These and the folder round them belong to the user that the server runs as."""
        self.log.touch()
        for path in (self.data.parent, *paths):
            os.chown(path, *_owner())

    def start(self) -> None:
        """Start and wait until it answers; after a kill this includes its recovery."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        settings = (f"port={self.port}", f"listen_addresses={LOOPBACK}", "unix_socket_directories=", *self.options)
        command = [_programs() / "postgres", "-D", self.data]
        command += [part for setting in settings for part in ("-c", setting)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **_demoted()
            )
        self.wait()

    def wait(self) -> None:
        give_up = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                psycopg.connect(self.url("postgres", "postgres")).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.05)

    def hold_log_writer(self) -> int:
        """Nothing writes the log in the background any more; how many processes were held."""
        return hold(self.process, "walwriter")

    def kill(self) -> None:
        """SIGKILL for the server and every backend, as when the machine's memory runs out."""
        if self.process is not None:
            kill_tree(self.process)
            self.process = None

    def stop(self) -> None:
        """An orderly end, after which the files may be copied."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.data, ignore_errors=True)


def _programs() -> Path:
    return Path(os.environ[PROGRAMS]) if os.environ.get(PROGRAMS) else postgres.programs()


def _owner() -> tuple[int, int]:
    return postgres.runs_as() if postgres.IS_ROOT else (os.geteuid(), os.getegid())


def _demoted() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if not postgres.IS_ROOT:
        return {}
    uid, gid = postgres.runs_as()
    return {"user": uid, "group": gid, "extra_groups": []}


def _run(program: str, *arguments: str | Path) -> None:
    subprocess.run(
        [_programs() / program, *arguments],
        check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **_demoted(),
    )  # fmt: skip
