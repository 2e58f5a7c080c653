"""`dev.py check`: what can be told about the code without running its tests."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config.local import services
from config.local.places import ROOT, say

BIN = Path(sys.executable).parent
Step = tuple[str, list[str]]
AT_A_TIME = 2
#: every program of ours but the tests, which bandit would blame for their passwords
SCANNED = ("config", "injections", "billing", "dev.py", "manage.py")


def main(arguments: list[str]) -> int:
    environment = services.start()
    return run_all(environment, audit="--audit" in arguments)


def run_all(environment: dict[str, str], *, audit: bool = False) -> int:
    """Run every step even when one fails, two at a time, then say which did; 1 when any did."""
    found = steps(audit=audit)
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        passed = list(pool.map(lambda step: passes(step[0], step[1], environment), found))
    failed = [name for (name, _), well in zip(found, passed, strict=True) if not well]
    say(f"checks failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    outcome = "failed" if done.returncode else "ok"
    told = done.stdout if done.returncode else ""
    say(f"== {name}: {outcome} ({time.monotonic() - began:.1f} s)\n{told}".rstrip())
    return not done.returncode


def steps(*, audit: bool) -> list[Step]:
    manage = [sys.executable, "manage.py"]
    found: list[Step] = [
        ("lint (ruff check)", tool("ruff", "check", ".")),
        ("format (ruff format)", tool("ruff", "format", "--check", ".")),
        ("types (mypy)", tool("mypy")),
        ("who imports whom (import-linter)", tool("lint-imports", "--no-cache")),
        ("migrations made (makemigrations --check)", [*manage, "makemigrations", "--check", "--dry-run"]),
        ("Django's own (check)", [*manage, "check", "--fail-level", "WARNING"]),
        ("dangerous calls (bandit)", tool("bandit", "-q", "-c", "pyproject.toml", "-r", *SCANNED)),
    ]
    if templates := sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html")):
        found.append(("templates (djade)", tool("djade", "--target-version", "5.2", "--check", *templates)))
    return found + (audit_steps() if audit else [])


def audit_steps() -> list[Step]:
    """What asks the network, and what only a release needs."""
    database = "DATABASE_URL=postgresql://deltoid_app:unused@db.example.org/deltoid"
    deploy = ["env", "DEBUG=false", "ALLOWED_HOSTS=clinic.example.org", database, sys.executable, "manage.py", "check"]
    return [
        ("known holes in what we install (pip-audit)", [sys.executable, "-m", "config.local.audit"]),
        ("ready to deploy (check --deploy)", [*deploy, "--deploy", "--fail-level", "WARNING"]),
    ]


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]
