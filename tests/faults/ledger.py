"""Who was told that their signature is kept: the promises against which the database is counted."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from config.local.places import ROOT
from tests.faults.web import Visit, sign

#: after a failed try; a server that restarts is asked a few times a second
PAUSE = 0.2


class Ledger:
    """Clients that sign visits until all are acknowledged, time is up or somebody says stop."""

    def __init__(self, port: int, sessions: list[dict[str, str]], visits: Iterable[dict[str, Any]]) -> None:
        self.port, self.sessions = port, sessions
        self.acknowledged: list[int] = []
        self.tries = 0
        self.taken, self.allowed = 0, sys.maxsize
        self.turn = threading.Lock()
        self.stopped = threading.Event()
        self.waiting: queue.SimpleQueue[tuple[int, Visit]] = queue.SimpleQueue()
        for row in visits:
            self.waiting.put((row["nurse"], Visit(row["encounter"], row["draft"], row["form"])))
        self.clients = [threading.Thread(target=self._sign_all, daemon=True) for _ in sessions]

    def start(self) -> None:
        for client in self.clients:
            client.start()

    def allow(self, count: int) -> None:
        """Let the clients begin with so many visits and wait before the next; without it they take them all."""
        self.allowed = count

    def finish(self, within: float) -> None:
        """Wait for the clients, then have them stop after what they are doing."""
        give_up = time.monotonic() + within
        for client in self.clients:
            client.join(max(0.0, give_up - time.monotonic()))
        self.stop()

    def stop(self) -> None:
        self.stopped.set()
        for client in self.clients:
            client.join()

    def wait_for(self, count: int, within: float = 120) -> None:
        """Until that many are acknowledged; raises ``TimeoutError`` when it takes too long."""
        give_up = time.monotonic() + within
        while len(self.acknowledged) < count:
            if time.monotonic() > give_up:
                raise TimeoutError(f"{len(self.acknowledged)} of {count} signatures were acknowledged")
            time.sleep(0.02)

    def _may_begin(self) -> bool:
        with self.turn:
            if self.taken >= self.allowed:
                return False
            self.taken += 1
            return True

    def _sign_all(self) -> None:
        while not self.stopped.is_set():
            if not self._may_begin():
                self.stopped.wait(0.01)
                continue
            try:
                nurse, visit = self.waiting.get_nowait()
            except queue.Empty:
                return
            session = self.sessions[nurse]
            while not self.stopped.is_set():
                self.tries += 1
                if sign(self.port, session["cookies"], session["token"], visit):
                    self.acknowledged.append(visit.encounter)
                    break
                time.sleep(PAUSE)


def counted(practice: int, acknowledged: Iterable[int], environment: dict[str, str]) -> dict[str, Any]:
    """What is there of what was promised: :mod:`tests.faults.counting` in a process of its own."""
    return ask("counting", str(practice), environment=environment, told="\n".join(map(str, acknowledged)))


def ask(module: str, *arguments: str, environment: dict[str, str], told: str = "") -> dict[str, Any]:
    """Run one of this folder's programs and read its answer."""
    command = [sys.executable, "-m", f"tests.faults.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=told, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def until(holds: Callable[[], bool], within: float) -> bool:
    """Ask again until it holds; whether it did in time."""
    give_up = time.monotonic() + within
    while not holds():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.5)
    return True
