"""Every page and every form of the product, found from the URL configuration and from the pages themselves.

Nobody lists them: a page that is added tomorrow is walked tomorrow, about the rows of a house.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from injections.models import AdministrationDraft, SignIn
from injections.models.staff import Role
from injections.policy import may
from tests.promises.addresses import every_address

#: of one page, in a long run and in a short one; its links differ in what they sort by, mostly
MOST_LINKS, FEW_LINKS = 6, 1
#: whose pages show everything that can be done; of the others only what none of these may
DOING = (Role.NURSE, Role.PHYSICIAN, Role.BILLER, Role.ADMINISTRATOR)
TEXT = ("text", "textarea", "search", "email", "tel", "date", "time", "number")


@dataclass
class Found:
    """A form as the page shows it: where it goes, and its fields with what they hold."""

    action: str
    page: str = ""
    person: object = None
    values: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page that post, as a browser reads them."""

    def __init__(self, html: str, page: str) -> None:
        super().__init__()
        self.page, self.found, self.open, self.area, self.select = page, [], None, None, None
        self.by_id, self.elsewhere = {}, []
        self.feed(html)
        also = [(self.by_id[form], action) for form, action in self.elsewhere if form in self.by_id]
        self.found += [replace(form, action=action) for form, action in also]

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            action = said.get("hx-post") or said.get("action") or self.page
            posts = said.get("method", "").lower() == "post" or "hx-post" in said
            self.open = Found(action.partition("#")[0] or self.page, self.page) if posts else None
            if self.open:
                self.found.append(self.open)
                self.by_id[said.get("id") or len(self.by_id)] = self.open
        elif tag == "button":
            self._button(said)
        elif self.open and said.get("name"):
            self._field(tag, said)
        elif self.open and tag == "option" and self.select:
            self.open.options.setdefault(self.select, []).append(said.get("value") or "")
            if "selected" in said:
                self.open.values[self.select] = said.get("value") or ""

    def _button(self, said):
        """One that sends its form, or another one of the page, to an address of its own."""
        form = said.get("form") or next((key for key, found in self.by_id.items() if found is self.open), None)
        if said.get("formaction") and form is not None:
            self.elsewhere.append((form, said["formaction"]))

    def _field(self, tag, said):
        name, kind = said["name"], said.get("type", "text") if tag == "input" else tag
        if kind == "radio":
            self.open.options.setdefault(name, []).append(said.get("value") or "")
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


def browsers(house):
    """Somebody of each role at a screen."""
    found = {}
    for role, person in house.people.items():
        found[role] = Client()
        found[role].force_login(person)
        found[role].person = person
    return found


def still_there():
    """Nobody has left their screen, however long the whole walk takes."""
    SignIn.objects.update(seen_at=timezone.now())


def addresses(house, capability=""):
    """(capability, address) of every page that asks for one, about the rows of this house."""
    words = dict(house.rows)
    for word in sorted({word for address in every_address() for word in address.names.values()} - words.keys()):
        words[word] = house.row(word)
    words["visits"] = AdministrationDraft.objects.get(pk=words["drafts"]).encounter_id  # where a dose is being charted
    house.rows |= words
    for address in every_address():
        if address.capability:
            about = {part: words[word] for part, word in address.names.items()}
            yield address.capability, reverse(address.name, kwargs=about)


def those_who_may(house, capability, *, everybody=False):
    """Roles that see a page: each of them, or the first and the last of those who do the work."""
    every = [role for role in Role if may(house.people[role], capability)]
    doing = [role for role in DOING if role in every] or every
    return every if everybody else list(dict.fromkeys((doing[0], doing[-1])))


def every_page(house, *, everybody=False):
    """(browser, address, answer) of everything that answers to a look by those who may."""
    at_screens = browsers(house)
    for capability, address in list(addresses(house)):
        still_there()
        for role in those_who_may(house, capability, everybody=everybody):
            answer = at_screens[role].get(address)
            if answer.status_code == 200:
                yield at_screens[role], address, answer
                for further in asked_further(answer, address)[: MOST_LINKS if everybody else FEW_LINKS]:
                    yield at_screens[role], further, at_screens[role].get(further)


def asked_further(answer, address):
    """The same page asked otherwise, by its own links: another tab, another row, another order."""
    if answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return []
    links = set(re.findall(r'href="([^"#]*\?[^"#]+)', answer.content.decode()))
    same = (unescape(link) for link in sorted(links) if link.partition("?")[0] in ("", address))
    return [address + link[link.index("?") :] for link in same]


def every_form(house, *, everybody=False):
    """Each form once for each role and kind of address: the first page that shows it."""
    seen = set()
    for browser, address, answer in every_page(house, everybody=everybody):
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        for form in Forms(answer.content.decode(), address).found:
            key = (browser.person.role, kind_of(form.action), tuple(sorted(form.kinds)))
            if key not in seen and "logout" not in form.action:
                seen.add(key)
                form.person = browser
                yield form


def kind_of(address):
    """The address without its numbers and its query."""
    return re.sub(r"\d+", "N", address.partition("?")[0])
