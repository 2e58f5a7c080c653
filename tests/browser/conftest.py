"""A small demo clinic, a person at a browser, and pictures of what they see when PICTURES names a folder."""

import os
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from billing.demo import ordering, practice, shelf
from billing.demo.clock import moment
from billing.demo.people import PASSWORD
from injections.models import Staff
from tests import clock, standing
from tests.browser.entering import unused_code

LEFT = "htmx:sendAbort"
#: database -> the practice that stands in it
MADE = {}
TABLET = {"width": 1024, "height": 768}


@pytest.fixture
def clinic(transactional_db, databases):
    """The demo practice without its past: staff, patients, orders, stock, and today's appointments.

    Made once a day and process, and copied for every further test.
    """
    today, name = clock.today(), connection.settings_dict["NAME"]
    kept = f"{name}_clinic_{today:%m%d}"
    made = MADE.get(kept)
    if made is None:
        made = MADE[kept] = opened(today)
        connection.close()
        databases.keep(name, kept)
    else:
        connection.close()
        databases.clone(name, of=kept)
    standing.name(made.practice.pk)  # what the test itself looks up, when the demo's transaction is over
    return deepcopy(made)


def opened(today):
    with transaction.atomic():
        clinic = practice.open_clinic(today)
        placed = ordering.place_all(clinic, today)
        shelf.fill(clinic, [order for _, order in placed], today)
        ordering.book_today(clinic, placed, today)
        since = min(moment(today, "08:02"), timezone.now() - timedelta(minutes=5))
        practice.in_suite(clinic.locations[0], clinic.staff["adams"], clinic.staff["ito"], since)
    return clinic


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": TABLET}


class Person:
    """Somebody at a browser. What the console says is kept: it must stay empty under the strict policy."""

    def __init__(self, page, address):
        self.page = page
        self.address = address
        self.complaints = []
        page.set_default_timeout(15_000)
        page.on("console", self.hears)
        page.on("pageerror", lambda problem: self.complaints.append(str(problem)))

    def hears(self, line):
        """Keep what the console complains of. That leaving a page ends its open requests is no complaint."""
        if line.type == "error" and LEFT not in line.text and not line.text.startswith("htmx:afterRequest,"):
            self.complaints.append(line.text)

    def signs_in_as(self, username):
        """As the sign-in page leaves them, on their first page."""
        self.username = username
        browser = Client()
        browser.force_login(Staff.objects.get(username=username))
        cookies = [{"name": one.key, "value": one.value, "url": self.address} for one in browser.cookies.values()]
        self.page.context.add_cookies(cookies)
        self.opens("/")

    def signs_in_by_hand_as(self, username):
        """At the door, with password and phone."""
        self.username = username
        self.page.goto(f"{self.address}/accounts/login/")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_label("The six digits").fill(unused_code(username))
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: "/accounts/" not in url)

    def proves_to_sign(self, place=None):
        """Who they are, where it is the first signature at this screen, and their password."""
        place = place or self.page
        name = place.get_by_label("Your username").first
        if name.count():
            name.fill(self.username)
        place.get_by_label("Your password").first.fill(PASSWORD)

    def opens(self, path):
        return self.page.goto(f"{self.address}{path}")

    def sees(self, text):
        self.page.get_by_text(text).first.wait_for()

    def finds_nothing_hard_to_use(self):
        """No violation of WCAG 2.2 AA that axe can see."""
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        found = Axe().run(self.page, options=rules).response["violations"]
        assert found == [], [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]

    def scrolls_sideways(self):
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.fixture
def person(page, live_server):
    """One person with a browser of their own; nothing may be said on its console."""
    somebody = Person(page, live_server.url)
    yield somebody
    assert somebody.complaints == []


@pytest.fixture
def another_person(new_context, live_server):
    """Makes more people, each in a browser of their own."""
    people = []

    def arrive():
        people.append(Person(new_context().new_page(), live_server.url))
        return people[-1]

    yield arrive
    assert [person.complaints for person in people if person.complaints] == []


@pytest.fixture
def picture():
    """Keep what a person sees as docs/pictures/<name>.png when PICTURES says where; otherwise nothing."""
    folder = os.environ.get("PICTURES")

    def take(person, name):
        if folder:
            person.page.wait_for_timeout(400)
            person.page.screenshot(path=Path(folder) / f"{name}.png")

    return take
