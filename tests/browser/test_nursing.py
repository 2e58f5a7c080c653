"""A nurse between the shots: a wait that ends, a reaction that is logged, and a lot that is recalled."""

import re

import pytest
from django.utils import timezone

from billing.demo import nursing
from injections.chart.supervision import beginning
from injections.models import Observation, Product, Reaction, Recall

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(768, 1024), (320, 700), (1024, 768)]


def looks_right(person, picture, name):
    for width, height in SIZES:
        person.page.set_viewport_size({"width": width, "height": height})
        assert not person.scrolls_sideways(), (name, width)
        picture(person, f"{name}-{width}")
    person.finds_nothing_hard_to_use()


@pytest.fixture
def watched(clinic, monkeypatch):
    """Erin Walsh got her dose two hours ago; another patient waits as well."""
    monkeypatch.setattr(nursing, "ALREADY", 125)
    for presence in clinic.locations[0].presences.all():
        presence.since = beginning(presence.location, timezone.now())
        presence.save()
    nursing.watch(clinic, timezone.now().astimezone(nursing.ZONE).date())
    return clinic


def test_watching_a_reaction_and_a_recall(watched, person, picture):
    if not watched.patients["Walsh"].encounters.exists():
        pytest.skip("just after midnight nobody has been watched for two hours")
    page = person.page
    person.signs_in_as("ito")
    page.get_by_role("link", name=re.compile("Watching 1")).click()
    person.sees("Check now")
    looks_right(person, picture, "watching")
    page.get_by_text("WALSH, Erin").click()
    person.sees("The wait is over")
    looks_right(person, picture, "wait-over")
    page.get_by_role("button", name="Reaction: open the log now").click()
    person.sees("Do first")
    page.get_by_role("button", name="Called 911").click()
    page.get_by_role("button", name="Hives").click()
    page.get_by_label("In words").fill("BP 92/54, pulse 118")
    page.get_by_role("radio", name="Measured").check()
    page.get_by_label("In words").press("Enter")  # writes the words down, and takes no other step
    person.sees("Measured: BP 92/54")
    looks_right(person, picture, "reaction")
    page.get_by_role("button", name="It has ended").click()
    page.get_by_role("radio", name="Recovered and went home").check()
    page.get_by_role("radio", name="Yes, add it").check()
    looks_right(person, picture, "reaction-end")
    page.get_by_role("button", name="Close the log").click()
    person.sees("omalizumab (hives)")
    assert Reaction.objects.get().entries.count() == 4
    assert Observation.objects.get().ended == "reaction"
    recalls_the_lot(person, picture)


def recalls_the_lot(person, picture):
    page, dose = person.page, Reaction.objects.get().administration
    page.get_by_role("link", name="Stock").click()
    looks_right(person, picture, "stock")
    page.get_by_role("link", name="Recalls").click()
    page.get_by_role("link", name="Recall a lot").click()
    page.get_by_label("Lot").fill(dose.lot_number.lower())
    page.keyboard.press("Enter")
    person.sees("patient got it here")
    looks_right(person, picture, "recall-stop")
    page.get_by_label("Why").fill("particles")
    page.get_by_role("button", name="Stop this lot at once").click()
    person.sees("Not called yet")
    page.get_by_text("Write down a call or letter").click()
    page.get_by_role("button", name="Spoke with the patient").click()
    person.sees("Spoke with the patient")
    looks_right(person, picture, "recall")
    assert Recall.objects.get().product == Product.objects.get(key=dose.product.key)
    page.get_by_role("link", name=re.compile("Clinic")).first.click()
    person.sees("Recalled: do not give")
    looks_right(person, picture, "lot")
    person.opens("/supervision/")
    looks_right(person, picture, "supervision")
