"""Pages of a house as the product answers them, shown in a browser without a server.

The browser asks; the answer comes from Django's own test client or from the files of the stylesheets, and whatever a
page would change is rolled back. So one browser shows every page to whoever may see it, and nobody signs in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from injections.models.staff import Role
from injections.policy import may
from tests.promises.addresses import Address
from tests.promises.pages import Forms

ORIGIN = "http://localhost"
#: a part that a page fetches as it comes
LOADED = re.compile(r'hx-get="([^"]+)" hx-trigger="load')
#: whose pages show most of what can be done, these first
ASKED = (Role.NURSE, Role.PHYSICIAN, Role.MANAGER, Role.BILLER, Role.ADMINISTRATOR, Role.FRONT_DESK)
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Page:
    """One page of one person: which view, in which state, and the answer."""

    view: str
    state: str
    person: Client
    address: str
    answer: HttpResponse

    def __str__(self) -> str:
        return f"{self.view}, {self.state}"


def is_page(answer: HttpResponse) -> bool:
    """A whole page, and neither a part of one nor a file."""
    kind = answer.get("Content-Type", "")
    return not answer.streaming and kind.startswith("text/html") and b"<!doctype html>" in answer.content[:200].lower()


def first_page(address: Address, where: str, people: dict[Role, Client]) -> Page | None:
    """What the view shows to the first of those who may, if it is a page."""
    may_see = [people[role] for role in ASKED if address.capability and may(people[role].person, address.capability)]
    for who in may_see[:1]:
        answer = looked_at(who, where)
        if answer.status_code == 200 and is_page(answer):
            return Page(address.name, "as it stands", who, where, answer)
    return None


def looked_at(who: Client, where: str) -> HttpResponse:
    with transaction.atomic():
        answer = who.get(where)
        transaction.set_rollback(True)
    return answer


def refused(page: Page) -> Iterator[Page]:
    """The same page after one of its forms was sent with nothing in it and refused."""
    for form in Forms(page.answer.content.decode(), page.address).found:
        if "logout" in form.action or form.kinds.keys() <= {"csrfmiddlewaretoken"}:
            continue
        with transaction.atomic():
            answer = page.person.post(form.action, dict.fromkeys(form.kinds, ""))
            transaction.set_rollback(True)
        if answer.status_code == 422 and is_page(answer):
            yield replace(page, state=f"refused by {form.action}", answer=answer)
            return


class Window:
    """A browser's page whose every request is answered here. ``sent`` are the bytes of each answer to the last page."""

    def __init__(self, page) -> None:
        self.page = page
        self.showing: Page | None = None
        self.parts: dict[str, HttpResponse] = {}
        self.complaints: list[str] = []
        self.sent: list[int] = []
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        page.route("**/*", self._answer)

    def show(self, page: Page) -> None:
        self.showing = page
        self.sent.clear()
        # Asked here and not while the browser waits: there Django would take a connection that sees none of our rows.
        html = page.answer.content.decode()
        self.parts = {part: looked_at(page.person, part) for part in map(unescape, LOADED.findall(html))}
        self.page.goto(f"{ORIGIN}{page.address}")
        self.page.wait_for_function("document.querySelector('.htmx-request') === null")

    def _answer(self, route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            self._send(route, _file(path.removeprefix("/static/")), content_type=KINDS.get(Path(path).suffix, ""))
        elif route.request.is_navigation_request():
            headers = {name: value for name, value in self.showing.answer.items() if name != "Content-Length"}
            self._send(route, self.showing.answer.content, status=200, headers=headers)
        else:
            answer = self.parts.get(route.request.url.removeprefix(ORIGIN), HttpResponse(status=204))
            self._send(route, answer.content, status=answer.status_code, headers=dict(answer.items()))

    def _send(self, route, body: bytes, **how) -> None:
        self.sent.append(len(body))
        route.fulfill(body=body, **how)


@cache
def _file(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()
