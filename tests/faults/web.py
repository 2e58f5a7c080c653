"""The web server, and a browser's part of signing: one request, and what its answer proves."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from config.local.ports import LOOPBACK, any_free
from tests.faults.processes import BIN, Program

PATIENCE = 20
FOUND = 302


@dataclass(frozen=True, slots=True)
class Visit:
    """A dose that is charted and waits for its signature."""

    encounter: int
    draft: int
    form: dict[str, str]


def web(home: Path, environment: dict[str, str]) -> Program:
    """Gunicorn with two processes of four threads, as in production."""
    port = any_free()
    environment["WEB_PORT"] = str(port)
    options = "--worker-class gthread --workers 2 --threads 4 --no-control-socket --log-level warning".split()
    command = [str(BIN / "gunicorn"), "config.wsgi", "--bind", f"{LOOPBACK}:{port}", *options]
    made = Program("web", command, environment, home / "web.log")

    def answers() -> bool:
        try:
            return _ask(port, "GET", "/health").status == http.client.OK
        except OSError:
            return False

    made.answers = answers
    return made


def sign(port: int, cookies: str, token: str, visit: Visit) -> bool:
    """Whether the server acknowledged the signature: it redirected to the signed record.

    Anything else, from a refused connection to a server error, acknowledges nothing. Signing again is harmless.
    """
    body = urlencode({**visit.form, "csrfmiddlewaretoken": token})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    try:
        answer = _ask(port, "POST", f"/drafts/{visit.draft}/sign/", body, headers)
    except (OSError, http.client.HTTPException):
        return False
    return answer.status == FOUND and "signed=" in (answer.getheader("Location") or "")


def _ask(
    port: int, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()
