"""Redis for a developer's machine: `redis-server` when it is installed, else a server written in Python."""

import os
import shutil
import subprocess
import sys
import time

from redis import Redis
from redis.exceptions import RedisError

from config.local.places import LOCAL, ROOT, say, secret
from config.local.ports import LOOPBACK, any_free, is_free

HOME = LOCAL / "redis"
PORT = HOME / "port"

CONFIGURATION = """\
bind {host}
port {port}
dir {home}
logfile {home}/log
daemonize yes
appendonly yes
requirepass {password}
"""


def url() -> str:
    return f"redis://:{secret('redis')}@{LOOPBACK}:{PORT.read_text()}/0"


def start() -> None:
    """Start a server unless ours answers already."""
    HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    if answers():
        return
    port = int(PORT.read_text()) if PORT.exists() else any_free()
    PORT.write_text(str(port if is_free(port) else any_free()))
    program = shutil.which("redis-server")
    start_real(program) if program else start_imitation()
    wait_for_answer()


def stop() -> None:
    if PORT.exists() and answers():
        try:
            Redis.from_url(url()).shutdown(nosave=False)
        except RedisError:
            stop_imitation()


def answers() -> bool:
    """Whether the server on our port is ours: nobody else's takes our password."""
    if not PORT.exists():
        return False
    try:
        return bool(Redis.from_url(url(), socket_timeout=2).ping())
    except RedisError:
        return False


def start_real(program: str) -> None:
    configuration = HOME / "redis.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        CONFIGURATION.format(host=LOOPBACK, port=PORT.read_text(), home=HOME, password=secret("redis"))
    )
    subprocess.run([program, configuration], check=True, stdout=sys.stderr)


def start_imitation() -> None:
    say("No redis-server on this machine: using one written in Python (the real one is faster).")
    with (HOME / "log").open("a") as log:
        process = subprocess.Popen([sys.executable, "-m", "config.local.fake_redis", PORT.read_text()],
                                   cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                   start_new_session=True)  # fmt: skip
    (HOME / "imitation.pid").write_text(str(process.pid))


def stop_imitation() -> None:
    pid = HOME / "imitation.pid"
    if pid.exists():
        os.kill(int(pid.read_text()), 15)
        pid.unlink()


def wait_for_answer() -> None:
    for _ in range(100):
        if answers():
            return
        time.sleep(0.1)
    raise SystemExit(f"Redis did not start; its log is {HOME / 'log'}")
