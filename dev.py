#!/usr/bin/env python3
"""Everything a developer types, on a machine that has only Python.

    python3 dev.py demo             set up, load the demo practice, start it, print the address and sign-ins
    python3 dev.py test [ARGS]      every check and every test; ARGS go to pytest (and then only pytest runs)
    python3 dev.py check [--audit]  format, lint, types, contracts; --audit adds the security checks
    python3 dev.py bench [NAME]     how quick and how heavy an answer is: speed, memory, profile
    python3 dev.py mutate [N]       put N faults into the rules, one at a time; list those that no test notices
    python3 dev.py faults [--count N]  sign while PostgreSQL, Redis, web and worker are killed; then count
    python3 dev.py promises         run the tests of docs/promises.md and write their figures into it
    python3 dev.py manage ARGS      Django's command line with PostgreSQL and Redis running
    python3 dev.py setup            only make the environment and start the services
    python3 dev.py stop             stop what the commands above left running
    python3 dev.py lock             renew the pinned requirements from pyproject.toml

This file makes the virtual environment from the pinned requirements, then hands over to config/local,
which may use what was installed. It needs nothing but the standard library, and it is quiet on
standard output: what `manage` prints there is the command's own.
"""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCAL = ROOT / ".local"
REQUIREMENTS = ROOT / "requirements"
INSTALLER = REQUIREMENTS / "installer.txt"
DEVELOPMENT = REQUIREMENTS / "dev.txt"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "requirements.sha256"
COMMANDS = ("setup", "demo", "test", "check", "bench", "mutate", "faults", "promises", "manage", "stop")

# name of the pinned file -> what `uv pip compile` is asked; later files agree with earlier ones
PINNED = {
    "runtime": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group", "dev", "--constraint", "requirements/runtime.txt"],
    "installer": ["--group", "installer"],
}


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def run(*command: str | Path) -> None:
    """Run a program from the repository; what it prints goes to standard error."""
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, stdout=sys.stderr)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands started together must not both build the environment."""
    import fcntl

    LOCAL.mkdir(mode=0o700, exist_ok=True)
    with (LOCAL / "environment.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wanted() -> str:
    """What the environment should hold, as one line: the pinned files and this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (INSTALLER, DEVELOPMENT):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Make `.venv` hold exactly the pinned requirements; does nothing when it already does."""
    with one_at_a_time():
        if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted():
            return
        say("Installing the pinned requirements into .venv ...")
        bare_environment()
        install(DEVELOPMENT)
        STAMP.write_text(wanted())


def bare_environment() -> None:
    """A virtual environment with nothing but pip and uv."""
    STAMP.unlink(missing_ok=True)
    usable = PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True)
    if not usable or usable.returncode:
        venv.create(VENV, clear=True, with_pip=True)
    pinned = ["--require-hashes", "-r", INSTALLER] if INSTALLER.exists() else ["uv"]
    run(PYTHON, "-m", "pip", "install", "--quiet", *pinned)


def install(pinned: Path) -> None:
    """Let uv do it; where only pip has been told which index to ask, let pip."""
    try:
        run(PYTHON, "-m", "uv", "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", pinned)
    except subprocess.CalledProcessError:
        say("uv could not install the requirements; trying pip ...")
        run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", pinned)


def fingerprint() -> str:
    """A hash of everything in pyproject.toml that decides what gets installed."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    deciding = [declared["project"]["requires-python"], declared["project"]["dependencies"],
                declared["dependency-groups"]]  # fmt: skip
    return hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()


def lock() -> None:
    """Write requirements/*.txt: hashed, for every platform, and naming no package index."""
    with one_at_a_time():
        bare_environment()
        for name, asked in PINNED.items():
            path = REQUIREMENTS / f"{name}.txt"
            run(PYTHON, "-m", "uv", "pip", "compile", *asked, "--universal", "--python-version", "3.11",
                "--upgrade", "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet",
                "--output-file", path.relative_to(ROOT))  # fmt: skip
            heading = f"# Made by `python3 dev.py lock` from pyproject.toml {fingerprint()}\n"
            path.write_text(heading + path.read_text())


def main() -> int:
    command, arguments = (sys.argv[1:2] or ["help"])[0], sys.argv[2:]
    if command == "lock":
        lock()
        return 0
    if command not in COMMANDS:
        say(__doc__)
        return 0 if command in ("help", "--help", "-h") else 2
    make_environment()
    os.chdir(ROOT)
    # The app is many processes, and the tests start them by the hundred: none compiles what another one has compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # Replace this process, so that standard input, signals and the exit code need no forwarding.
    os.execv(PYTHON, [str(PYTHON), "-m", "config.local", command, *arguments])  # nosec B606 # noqa: S606 - no shell is in it


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        sys.exit(f"failed: {' '.join(map(str, failure.cmd))}")
    except KeyboardInterrupt:
        sys.exit(130)
