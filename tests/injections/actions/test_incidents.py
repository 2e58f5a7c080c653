"""The log of medication errors: opened by the record that says so, reported by hand, followed up to its end."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from injections.actions import incidents
from injections.actions.errors import NotAllowed, Refused, SentBefore
from injections.models import Incident
from injections.models.staff import Role
from tests.factories import LocationFactory, StaffFactory, signed_dose

pytestmark = pytest.mark.django_db


def test_an_expired_vial_that_was_given_opens_one_by_itself():
    dose = signed_dose(expires="2026-09-30", **{"waive.vial.lot_expired": "seen only afterwards"})
    opened = Incident.objects.get()
    assert (opened.administration, opened.rule, opened.reported_by) == (dose, "vial.lot_expired", dose.given_by)
    assert opened.what == "The drug has expired: seen only afterwards"
    assert opened.happened_on == dose.encounter.date


def test_an_ordinary_dose_opens_none():
    signed_dose()
    assert not Incident.objects.exists()


def test_it_is_followed_up_and_closed_once():
    location = LocationFactory()
    nurse, key = StaffFactory(practice=location.practice), uuid4()
    told = {"location": location, "what": "two look-alike boxes", "happened_on": date(2026, 10, 6), "by": nurse}
    found = incidents.report(**told, submission_key=key)
    assert incidents.report(**told, submission_key=key) == found
    with pytest.raises(SentBefore):
        incidents.report(**told | {"what": "something else"}, submission_key=key)
    incidents.follow_up(incident=found, text="boxes moved apart", by=nurse)
    incidents.follow_up(incident=found, text="told at the huddle", by=nurse, closes=True)
    with pytest.raises(Refused, match="closed already"):
        incidents.follow_up(incident=found, text="again", by=nurse, closes=True)
    with pytest.raises(NotAllowed):
        incidents.follow_up(incident=found, text="x", by=StaffFactory(practice=location.practice, role=Role.BILLER))


def test_on_screen_from_the_report_to_the_end():
    location = LocationFactory()
    browser = Client()
    browser.force_login(StaffFactory(practice=location.practice, location=location))
    new, log = reverse("injections:incident_new"), reverse("injections:incidents")
    assert "Say what happened" in browser.post(new, {"what": "", "happened_on": "10/6/2026"}).content.decode()
    page = browser.post(new, {"what": "wrong strength picked, seen in time", "happened_on": "10/6/2026"}).url
    assert "Open" in browser.get(log).content.decode()
    browser.post(page, {"text": "shelf labelled anew", "closes": "yes"})
    shown = browser.get(page).content.decode()
    assert "shelf labelled anew" in shown
    assert "Write it down and close" not in shown
    assert "Closed" in browser.get(log).content.decode()
