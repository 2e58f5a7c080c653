"""Minutes that nobody covered are a gap at once on the charts that they touch."""

from datetime import timedelta

import pytest
from django.urls import reverse

from injections.actions import presence
from injections.chart import signed_fact
from injections.models import Administration
from tests.factories import NOW, EncounterFactory, OrderFactory, PresenceFactory, StaffFactory, signed_dose

pytestmark = pytest.mark.django_db


@pytest.fixture
def dose():
    order = OrderFactory()
    visit = EncounterFactory(patient=order.patient)
    PresenceFactory(location=visit.location, clinician=order.ordered_by)
    return signed_dose(order=order, encounter=visit, supervisor=None)


def left_at(dose):
    """Since when the supervisor of that dose was gone, as the bill reads it."""
    return signed_fact(Administration.objects.get(pk=dose.pk)).supervision.until


def test_whoever_left_before_the_dose_leaves_a_gap(dose, monkeypatch):
    told = []
    monkeypatch.setattr(presence.telling, "amended", lambda visit, by: told.append(visit.pk))
    nurse = StaffFactory(practice=dose.practice)
    assert dose.presence is not None
    assert left_at(dose) is None
    presence.check_out(presence=dose.presence, by=nurse, minutes_ago=15, now=NOW + timedelta(minutes=5))
    assert told == [dose.encounter_id]
    assert left_at(dose) == NOW - timedelta(minutes=10)


def test_whoever_leaves_after_the_dose_leaves_none(dose):
    presence.check_out(presence=dose.presence, by=StaffFactory(practice=dose.practice), now=NOW + timedelta(hours=1))
    assert left_at(dose) is None


def test_the_page_says_how_many_charts_it_touches(dose, client, time_machine):
    time_machine.move_to(NOW + timedelta(minutes=5))
    client.force_login(StaffFactory(practice=dose.practice, location=dose.encounter.location))
    page = client.get(reverse("injections:presence")).content.decode()
    assert "Left earlier" in page
    out = reverse("injections:check_out", args=[dose.presence_id])
    assert (
        "1 chart has a dose of minutes that nobody covered"
        in client.post(out, {"minutes_ago": "15"}, follow=True).content.decode()
    )
