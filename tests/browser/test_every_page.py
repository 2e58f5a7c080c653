"""Every page that the product has, in a browser: as it stands, refused, and with nothing to show.

Nobody lists the pages: they come from the URL configuration, about the rows of a house, so a page that is added
tomorrow is looked at tomorrow. WCAG 2.2 AA as far as axe sees it; beyond it the borders of what is filled in, the
ring of focus, fingers on a phone, letters twice as large, forced colors, and paper.
"""

import logging
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from injections.models.staff import Role
from tests.browser.answered import Page, Window, first_page, looked_at, refused
from tests.browser.conftest import TABLET
from tests.factories import LocationFactory, PatientFactory, PhysicianFactory, StaffFactory
from tests.promises.addresses import every_address
from tests.promises.pages import addresses, browsers
from tests.promises.rows_of_addresses import House

pytestmark = pytest.mark.django_db
LOOK = (Path(__file__).parent / "looked_at.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
#: a page that says that there is nothing, and what to do
EMPTY = re.compile(r'class="(empty|none)\b')
#: what a page may cost a slow tablet that keeps nothing: requests, and kilobytes before they are packed
MOST_REQUESTS, MOST_KILOBYTES = 18, 550
UPRIGHT, PHONE = {"width": 768, "height": 1024}, {"width": 320, "height": 700}


class Bare(House):
    """A practice on its first day: people, a location, and one patient about whom nothing is known."""

    def _settle(self):
        self.location = LocationFactory(practice=self.practice)
        at = {"practice": self.practice, "location": self.location}
        self.people = {role: StaffFactory(role=role, **at) for role in Role if role != Role.PHYSICIAN}
        self.people[Role.PHYSICIAN] = PhysicianFactory(**at)
        self.nurse, self.physician = self.people[Role.NURSE], self.people[Role.PHYSICIAN]
        self.patient = PatientFactory(practice=self.practice)
        self.rows = {"patients": self.patient.pk}


@pytest.fixture
def pages():
    """Each page as it stands, refused where it has a form, and without rows; and one that is not there."""
    logging.disable(logging.CRITICAL)
    StaffFactory.reset_sequence(4_000_000, force=True)  # names as long as real ones
    full, bare = House(), Bare()
    list(addresses(full))  # a row of everything
    found = [*shown(full), *shown(bare)]
    somebody = found[0].person
    found.append(Page("nowhere", "not there", somebody, "/nowhere/", looked_at(somebody, "/nowhere/")))
    yield found
    logging.disable(logging.NOTSET)


def shown(house):
    people = browsers(house)
    for address in every_address():
        if house.rows.keys() >= set(address.names.values()):
            where = reverse(address.name, kwargs={part: house.rows[word] for part, word in address.names.items()})
            page = first_page(address, where, people)
            if page and not isinstance(house, Bare):
                yield from (page, *refused(page))
            elif page and EMPTY.search(page.answer.content.decode()):
                yield page


def test_every_page_can_be_used_by_everybody(pages, page):
    window, wrong = Window(page), {}
    for one in pages:
        page.set_viewport_size(TABLET)
        window.show(one)
        found = on_a_tablet(page)
        if one.state == "as it stands":
            found += [*upright_and_on_a_phone(page), *without_colors_and_on_paper(page)]
        found += [*window.complaints, *too_heavy(window.sent)]
        window.complaints.clear()
        if found:
            wrong[str(one)] = found
    assert wrong == {}
    assert len(pages) > 100


def too_heavy(sent):
    kilobytes = sum(sent) / 1000
    if len(sent) > MOST_REQUESTS or kilobytes > MOST_KILOBYTES:
        yield f"{len(sent)} requests, {kilobytes} kB"


def on_a_tablet(page):
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    broken = Axe().run(page, options=RULES).response["violations"]
    page.keyboard.press("Tab")  # from here on the ring of focus shows, as for somebody without a mouse
    look = page.evaluate(LOOK, ["sideways", "borders", "focus", "twice"])
    return [*((rule["id"], [node["html"] for node in rule["nodes"]]) for rule in broken), *look]


def upright_and_on_a_phone(page):
    page.set_viewport_size(UPRIGHT)
    found = page.evaluate(LOOK, ["sideways"])
    page.set_viewport_size(PHONE)
    return found + page.evaluate(LOOK, ["sideways", "fingers"])


def without_colors_and_on_paper(page):
    page.emulate_media(forced_colors="active")
    found = page.evaluate(LOOK, ["chosen"])
    page.emulate_media(forced_colors="none", media="print")
    found += page.evaluate(LOOK, ["paper"])
    page.emulate_media(media="screen")
    return found
