"""The product's own processes, as in production, started and killed by hand."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from redis import Redis
from redis.exceptions import RedisError

from config.local.places import ROOT
from config.local.ports import LOOPBACK, any_free

BIN = Path(sys.executable).parent
STARTS_WITHIN = 60


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL for a process and all it has started, then wait until none of them runs any more.

    What is killed holds no file and no port, long before the system's first process has taken note of its end.
    """
    with contextlib.suppress(psutil.NoSuchProcess):
        top = psutil.Process(process.pid)
        top.suspend()  # so that it starts nothing while we count
        family = [*top.children(recursive=True), top]
        for each in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        give_up = time.monotonic() + 10
        while any(map(_runs, family)) and time.monotonic() < give_up:
            time.sleep(0.01)
    process.wait()


def _runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def hold(process: subprocess.Popen[bytes] | None, named: str = "") -> int:
    """SIGSTOP for it and its children, or only for those named so; how many stand still now, until they are killed."""
    if process is None:
        return 0
    top = psutil.Process(process.pid)
    held = [each for each in (top, *top.children(recursive=True)) if named in " ".join(each.cmdline())]
    for each in held:
        each.suspend()
    return len(held)


class Program:
    """One process with its children: how it is started, and how one knows that it answers."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.name, self.command, self.environment, self.log = name, command, environment, log
        self.process: subprocess.Popen[bytes] | None = None
        self.answers: Callable[[], bool] = lambda: True

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        give_up = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            if time.monotonic() > give_up:
                raise TimeoutError(f"{self.name} does not answer; its log is {self.log}")
            time.sleep(0.1)

    def hold(self) -> None:
        """It takes no more work, and is not gone: what is sent to it waits, until it is killed."""
        hold(self.process)

    def kill(self) -> None:
        if self.process is not None:
            kill_tree(self.process)
            self.process = None


def redis(home: Path, environment: dict[str, str]) -> Program:
    """A Redis that keeps what it can, as `docs/operations.md` asks for; nothing may depend on it."""
    port = any_free()
    environment["REDIS_URL"] = f"redis://{LOOPBACK}:{port}/0"
    folder = home / "redis"
    folder.mkdir()
    real = ["redis-server", "--bind", LOOPBACK, "--port", str(port), "--dir", str(folder), "--appendonly", "yes"]
    imitation = [sys.executable, "-m", "config.local.fake_redis", str(port)]
    command = real if shutil.which("redis-server") else imitation
    made = Program("redis", command, environment, home / "redis.log")

    def answers() -> bool:
        try:
            return bool(Redis(host=LOOPBACK, port=port, socket_timeout=1).ping())
        except RedisError:
            return False

    made.answers = answers
    return made


def worker(home: Path, environment: dict[str, str]) -> Program:
    """A worker with its own beat: what it was doing when it is killed is found again by the outbox."""
    schedule = ["-s", str(home / "beat")]
    options = ["worker", "--beat", *schedule, "--concurrency", "2", "--loglevel", "WARNING"]
    return Program(
        "worker", [str(BIN / "celery"), "--quiet", "-A", "config", *options], environment, home / "worker.log"
    )
