"""Nothing on Today moves under a finger: lines change where they stand, and what is new waits to be asked for."""

import re

import pytest

from injections.actions import appointments, drafts, encounters, order_requests
from injections.models import Appointment, Order

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS_EVERY = 10_000
PLACES = """
    Object.fromEntries([...document.querySelectorAll("[data-line]")].map((line) => {
      const { top, left } = (line.querySelector(".row") ?? line).getBoundingClientRect();
      return [line.dataset.line, [top, left]];
    }))
"""
SHOWS_ANOTHER = """
    (known) => [...document.querySelectorAll("[data-line]")].some((line) => !known.includes(line.dataset.line))
"""


def booked(clinic, name):
    return clinic.patients[name].appointments.select_related("order").get()


def begin(clinic, name):
    """A colleague opens the chart of that patient."""
    encounter = encounters.open_for(appointment=booked(clinic, name), by=clinic.staff["lee"])
    drafts.start(encounter=encounter, order=booked(clinic, name).order, by=clinic.staff["lee"])


def book_before(clinic, name):
    """Somebody is added before everybody who is listed."""
    first = Appointment.objects.filter(location=clinic.locations[0]).earliest("starts_at")
    order = Order.objects.filter(patient=clinic.patients[name]).first()
    appointments.book(
        patient=order.patient,
        location=first.location,
        starts_at=first.starts_at.replace(minute=1),
        order=order,
        by=clinic.staff["reyes"],
    )


def ask(clinic, name):
    order_requests.ask(order=booked(clinic, name).order, by=clinic.staff["lee"])


def cancel(clinic, name):
    appointments.cancel(appointment=booked(clinic, name), by=clinic.staff["reyes"])


#: window, what colleagues do meanwhile, and the words by which the page shows that it knows
MEANWHILE = [
    ((1024, 768), [(begin, "Lopez"), (book_before, "Patel")], "1 new.*: show"),
    ((768, 1024), [(ask, "Lopes"), (begin, "Haddad"), (book_before, "Adler")], "1 new.*: show"),
    ((320, 700), [(cancel, "Tran"), (begin, "Doe"), (book_before, "Moore")], "1 new.*: show"),
]


def test_lines_change_where_they_stand_and_new_ones_wait(clinic, person):
    page = person.page
    person.signs_in_as("ito")
    page.clock.install()
    for (width, height), acts, words in MEANWHILE:
        page.set_viewport_size({"width": width, "height": height})
        person.opens("/today/")
        person.sees("RIVERA, Maria")
        before = page.evaluate(PLACES)
        versions = page.locator("[data-line]").evaluate_all("lines => lines.map(line => line.dataset.version)")
        for act, name in acts:
            act(clinic, name)
        page.clock.run_for(LOOKS_EVERY)
        person.sees(re.compile(words))
        changed = page.locator("[data-line]").evaluate_all("lines => lines.map(line => line.dataset.version)")
        assert changed != versions, "no line was renewed"
        assert page.evaluate(PLACES) == before, (width, acts)
        page.get_by_text(re.compile(words)).click()
        page.wait_for_function(SHOWS_ANOTHER, arg=list(before))
