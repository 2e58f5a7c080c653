"""The page of the sheets for an outage."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.models import AuditEvent, DowntimePack
from injections.models.audit import Action
from injections.models.staff import Role
from tests import clock, standing
from tests.factories import AppointmentFactory, LocationFactory, OrderFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("injections:downtime")


@pytest.fixture
def nurse(client):
    location = LocationFactory(name="Main Street")
    nurse = StaffFactory(practice=location.practice, location=location)
    client.force_login(nurse)
    client.nurse, client.place = nurse, location
    return client


def made(nurse, day=None, place=None):
    day = day or clock.today()
    return nurse.post(PAGE, {"location": (place or nurse.place).pk, "day": f"{day:%Y-%m-%d}"})


def test_before_the_first_evening_the_page_says_so_and_makes_one(nurse):
    assert "Not made yet" in nurse.get(PAGE).content.decode()
    answer = made(nurse)
    pack = nurse.get(answer.url)
    assert pack["Content-Type"] == "application/pdf"
    assert pack.content.startswith(b"%PDF")
    assert "no-store" in pack["Cache-Control"]
    assert "Open to print" in nurse.get(PAGE).content.decode()


def test_it_counts_as_printed_for_each_patient(nurse):
    patient = PatientFactory(practice=nurse.nurse.practice)
    AppointmentFactory(order=OrderFactory(patient=patient), location=nurse.place, starts_at=timezone.now())
    address = made(nurse).url
    with standing.for_practice(nurse.nurse.practice_id):
        before = AuditEvent.objects.filter(patient_id=patient.pk, action=Action.PRINTED).count()
    nurse.get(address)
    with standing.for_practice(nurse.nurse.practice_id):
        after = AuditEvent.objects.filter(patient_id=patient.pk, action=Action.PRINTED).count()
    assert (before, after) == (0, 1)


def test_another_day_or_another_practice_makes_nothing(nurse):
    elsewhere = LocationFactory()
    for answer in (
        made(nurse, clock.today() + timedelta(days=2)),
        made(nurse, place=elsewhere),
        nurse.post(PAGE, {"location": "x", "day": "never"}),
        nurse.post(PAGE, {}),
    ):
        assert answer.status_code == 200
    with standing.for_practice(nurse.nurse.practice_id):
        assert not DowntimePack.objects.exists()


def test_the_front_desk_has_no_sheets(nurse):
    nurse.force_login(StaffFactory(practice=nurse.nurse.practice, role=Role.FRONT_DESK))
    assert nurse.get(PAGE).status_code == 404
