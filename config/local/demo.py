"""`dev.py demo`: the demo practice, a web server and a worker, as in production but on this machine."""

import argparse
import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

from config.local import services
from config.local.places import LOCAL, ROOT, say
from config.local.ports import LOOPBACK, first_free

BIN = Path(sys.executable).parent
BACKGROUND = LOCAL / "demo.json"
Command = list[str | Path]
WEB = "--worker-class gthread --threads 8 --no-control-socket --log-level warning".split()
WORKER = "--quiet -A config worker --beat --concurrency 1 --loglevel WARNING".split()


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    environment = services.start()
    load(environment)
    port = first_free(options.port)
    processes = start(port, environment, reload=options.reload, logged=options.background)
    try:
        wait_until_answering(port, processes[0])
        print(f"\nDeltoid is at http://{LOOPBACK}:{port}/", flush=True)
        if not options.background:
            print("Press Ctrl+C to stop.", flush=True)
            return wait(processes)
    except BaseException:
        end(processes)
        raise
    remember(processes)
    print("python3 dev.py stop ends it.", flush=True)
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python3 dev.py demo")
    made.add_argument("--port", type=int, default=8000, help="the next free one is taken when it is busy")
    made.add_argument("--reload", action="store_true", help="restart the web server when the code changes")
    made.add_argument("--background", "--no-wait", action="store_true", help="return once it answers")
    return made


def load(environment: dict[str, str]) -> None:
    """Tables and the demo practice; both do nothing when they are there already."""
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity=0"], cwd=ROOT, env=environment, check=True)
    if any(ROOT.glob("*/management/commands/demo.py")):
        subprocess.run([*manage, "demo"], cwd=ROOT, env=environment, check=True)


def start(port: int, environment: dict[str, str], *, reload: bool, logged: bool) -> list[psutil.Popen]:
    """The two processes of production: the web server, and a worker that keeps the schedule too."""
    web: Command = [BIN / "gunicorn", "config.wsgi", "--bind", f"{LOOPBACK}:{port}", *WEB]
    worker: Command = [BIN / "celery", *WORKER, "--schedule", LOCAL / f"beat-{port}"]
    # Celery warns root of what it might do to the machine; on a developer's own that is known.
    quietly = {**environment, "PYTHONWARNINGS": "ignore:You're running the worker"}
    if reload:
        web.append("--reload")
    return [spawn(f"web-{port}", web, environment, logged), spawn(f"worker-{port}", worker, quietly, logged)]


def spawn(name: str, command: Command, environment: dict[str, str], logged: bool) -> psutil.Popen:
    """Start one process in a session of its own: Ctrl+C reaches us, and we stop it in order."""
    log = (LOCAL / f"{name}.log").open("w") if logged else None
    return psutil.Popen([str(part) for part in command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                        stdout=log, stderr=log, start_new_session=True)  # fmt: skip


def wait_until_answering(port: int, web: psutil.Popen) -> None:
    for _ in range(150):
        if web.poll() is not None:
            raise SystemExit("The web server did not start; what it said stands above or in .local/web-*.log.")
        try:
            urllib.request.urlopen(f"http://{LOOPBACK}:{port}/health", timeout=5)  # nosec B310 # our own server
            return
        except urllib.error.HTTPError as answer:
            raise SystemExit(f"The web server answers /health with {answer.code}.") from None
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The web server did not answer within 30 seconds.")


def wait(processes: list[psutil.Popen]) -> int:
    """Until Ctrl+C, or until one of them ends by itself, which is a failure of the whole."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        say("The web server or the worker ended by itself.")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        end(processes)


def end(processes: list[psutil.Process]) -> None:
    for process in processes:
        if process.is_running():
            process.terminate()
    _, alive = psutil.wait_procs(processes, timeout=15)
    for process in alive:
        process.kill()


def remember(processes: list[psutil.Popen]) -> None:
    """Note the background processes with their start times: a pid alone may be another program's by then."""
    noted = json.loads(BACKGROUND.read_text()) if BACKGROUND.exists() else []
    BACKGROUND.write_text(json.dumps(noted + [[process.pid, process.create_time()] for process in processes]))


def stop() -> None:
    """End every demo that was left running in the background."""
    noted = json.loads(BACKGROUND.read_text()) if BACKGROUND.exists() else []
    end([process for pid, created in noted if (process := started_at(pid, created))])
    BACKGROUND.unlink(missing_ok=True)


def started_at(pid: int, created: float) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
    except psutil.NoSuchProcess:
        return None
    return process if process.create_time() == created else None
