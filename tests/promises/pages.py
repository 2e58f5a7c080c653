"""Every page and every form of the product, found from the URL configuration and from the pages themselves.

Nobody lists them: a page that is added tomorrow is walked tomorrow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client
from django.urls import URLPattern, get_resolver

from billing.models import Export, ReplayRun, Review
from injections import models
from injections.models.staff import Role

#: which row the number in an address means, by the word before it
ABOUT = {
    "appointments": models.Appointment,
    "visits": models.Encounter,
    "panel": models.Encounter,
    "drafts": models.AdministrationDraft,
    "doses": models.Administration,
    "co-sign": models.Administration,
    "patients": models.Patient,
    "orders": models.Order,
    "services": models.Service,
    "questions": models.Question,
    "staff": models.Staff,
    "locations": models.Location,
    "supervision": models.Presence,
    "imports": models.Upload,
    "reviews": Review,
    "export": Export,
    "replay": ReplayRun,
}
TEXT = ("text", "textarea", "search", "email", "tel", "date", "time", "number")


@dataclass
class Found:
    """A form as the page shows it: where it goes, and its fields with what they hold."""

    action: str
    page: str = ""
    person: object = None
    values: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page that post, as a browser reads them."""

    def __init__(self, html: str, page: str) -> None:
        super().__init__()
        self.page, self.found, self.open, self.area, self.select = page, [], None, None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            action = said.get("hx-post") or said.get("action") or self.page
            posts = said.get("method", "").lower() == "post" or "hx-post" in said
            self.open = Found(action.partition("#")[0] or self.page, self.page) if posts else None
            if self.open:
                self.found.append(self.open)
        elif self.open and said.get("name"):
            self._field(tag, said)
        elif self.open and tag == "option" and self.select and "selected" in said:
            self.open.values[self.select] = said.get("value") or ""

    def _field(self, tag, said):
        name, kind = said["name"], said.get("type", "text") if tag == "input" else tag
        if kind in ("radio", "checkbox") and "checked" not in said:
            self.open.kinds.setdefault(name, kind)
            return
        self.open.kinds[name] = kind
        self.open.values[name] = said.get("value") or ("on" if kind == "checkbox" else "")
        self.area = name if tag == "textarea" else None
        self.select = name if tag == "select" else None

    def handle_data(self, data):
        if self.open and self.area:
            self.open.values[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.open and self.area:
            self.open.values[self.area] = self.open.values[self.area].removeprefix("\n")
            self.area = None
        if tag == "select":
            self.select = None
        if tag == "form":
            self.open = None


def routes(patterns=None, before=""):
    """Every address of the product, as it stands in the URL configuration."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        elif not route.startswith("accounts"):
            yield from routes(pattern.url_patterns, route)


def addresses(practice, most=3):
    """Each route with rows of this practice: the newest ones, where it asks for a number."""
    for route in routes():
        yield from filled(f"/{route}", practice, most)


def filled(route, practice, most):
    asked = re.search(r"<int:\w+>", route)
    if "<str:" in route or "(?P" in route:
        return
    if asked is None:
        yield route
        return
    model = ABOUT.get(route[: asked.start()].rstrip("/").rpartition("/")[2], models.Product)
    rows = model.objects.filter(practice=practice) if model is not models.Product else model.objects.all()
    for pk in rows.order_by("-pk").values_list("pk", flat=True)[:most]:
        yield from filled(route.replace(asked[0], str(pk), 1), practice, 1)


def browsers(practice):
    """Somebody of each role at a screen."""
    for role in Role:
        person = models.Staff.objects.filter(practice=practice, role=role, is_active=True).order_by("pk").first()
        if person is not None:
            browser = Client()
            browser.force_login(person)
            browser.person = person
            yield browser


def every_page(practice, most=3):
    """(browser, address, answer) of everything that answers to a look."""
    everywhere = list(addresses(practice, most))
    for browser in browsers(practice):
        for address in everywhere:
            answer = browser.get(address)
            if answer.status_code == 200:
                yield browser, address, answer


def every_form(practice, most=2):
    """Each form once for each role and route: the first page that shows it."""
    seen = set()
    for browser, address, answer in every_page(practice, most):
        if not answer["Content-Type"].startswith("text/html"):
            continue
        for form in Forms(answer.content.decode(), address).found:
            key = (browser.person.role, re.sub(r"\d+", "N", form.action), tuple(sorted(form.kinds)))
            if key not in seen and "logout" not in form.action:
                seen.add(key)
                form.person = browser
                yield form
