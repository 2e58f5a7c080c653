"""A record that is closed to somebody opens in an emergency: for a reason, one patient, an hour, and loudly."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from injections.actions import outbox, restrictions
from injections.models import EmergencyAccess, LocationLimit
from injections.models.audit import Action, AuditEvent
from injections.models.staff import Role
from tests.factories import EncounterFactory, LocationFactory, PatientFactory
from tests.promises.rows_of_addresses import House

pytestmark = pytest.mark.django_db

ASK = "injections:emergency"
HOUR = timedelta(hours=1)


@pytest.fixture
def house():
    """The front desk may not see the patient, whose records stand under Part 2; the administrator has an address."""
    house = House()
    house.people[Role.ADMINISTRATOR].email = "admin@example.org"
    house.people[Role.ADMINISTRATOR].save()
    restrictions.restrict(
        patient=house.patient, kind="part-2", since=date(2026, 1, 1), reason="program", by=house.nurse
    )
    return house


@pytest.fixture
def configured(settings):
    settings.EMAIL_HOST = "mail.example.org"


def browser(person):
    found = Client()
    found.force_login(person)
    return found


def typed(patient, **changes):
    return {
        "mrn": patient.mrn,
        "birth_date": f"{patient.birth_date:%m/%d/%Y}",
        "reason": "Collapsed at the desk, needs the allergy list",
        **changes,
    }


def page_of(patient):
    return reverse("injections:patient", args=[patient.pk])


def test_promise_14_opens_one_patient_for_an_hour_and_ends_by_itself(house, record_property):
    desk, other = browser(house.people[Role.FRONT_DESK]), PatientFactory(practice=house.practice)
    restrictions.restrict(patient=other, kind="part-2", since=date(2026, 1, 1), reason="program", by=house.nurse)
    assert desk.get(page_of(house.patient)).status_code == 404
    answer = desk.post(reverse(ASK), typed(house.patient))
    assert answer.status_code == 302
    access = EmergencyAccess.objects.get()
    assert access.until - access.since == HOUR
    assert desk.get(page_of(house.patient)).status_code == 200
    assert desk.get(page_of(other)).status_code == 404
    assert desk.post(reverse(ASK), typed(house.patient)).status_code == 302
    assert EmergencyAccess.objects.count() == 1
    with time_machine.travel(access.until + timedelta(seconds=1)):
        late = browser(house.people[Role.FRONT_DESK])
        assert late.get(page_of(house.patient)).status_code == 404
    record_property("figure", "1 patient, 60 minutes")


def test_promise_14_opens_the_visits_of_other_locations_too(house, record_property):
    elsewhere = LocationFactory(practice=house.practice, name="Elsewhere")
    visit = EncounterFactory(patient=house.patient, location=elsewhere)
    LocationLimit.objects.create(staff=house.nurse, location=house.location, practice=house.practice)
    nurse, note = browser(house.nurse), reverse("injections:note", args=[visit.pk])
    assert nurse.get(note).status_code == 404
    nurse.post(reverse(ASK), typed(house.patient))
    assert nurse.get(note).status_code == 200
    record_property("figure", "other locations open with it")


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "help"}, {"mrn": "no such"}, {"birth_date": "1/1/1950"}])
def test_promise_14_asks_for_a_reason_and_for_who_it_is(house, wrong):
    answer = browser(house.people[Role.FRONT_DESK]).post(reverse(ASK), typed(house.patient, **wrong))
    assert answer.status_code == 422
    assert not EmergencyAccess.objects.exists()


def test_promise_14_nobody_opens_what_is_open_to_them_anyway(house):
    assert browser(house.physician).post(reverse(ASK), typed(house.patient)).status_code == 422


def test_promise_14_is_loud(house, configured, record_property):
    desk = browser(house.people[Role.FRONT_DESK])
    desk.post(reverse(ASK), typed(house.patient))
    for page in ("injections:today", "injections:patients", "injections:own"):
        assert "Emergency access to MRN" in desk.get(reverse(page)).content.decode()
    begun = datetime.now().timestamp()
    outbox.drain()
    waited = datetime.now().timestamp() - begun
    (alert,) = mail.outbox
    assert alert.to == ["admin@example.org"]
    assert house.patient.family_name not in alert.body
    assert house.patient.mrn not in alert.body
    outbox.drain()
    assert len(mail.outbox) == 1
    administrator = browser(house.people[Role.ADMINISTRATOR])
    assert "Emergency access was used once" in administrator.get(reverse("injections:staff")).content.decode()
    told = administrator.get(reverse("injections:emergencies")).content.decode()
    assert "Collapsed at the desk" in told
    assert house.patient.family_name not in told
    record_property("figure", f"mail {waited:.1f} s after the worker wakes, which is every 5 s")


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.MANAGER, Role.ADMINISTRATOR])
def test_promise_14_is_ended_at_once_by_its_person_or_whoever_watches(house, role):
    desk = browser(house.people[Role.FRONT_DESK])
    desk.post(reverse(ASK), typed(house.patient))
    access = EmergencyAccess.objects.get()
    end = reverse("injections:emergency_end", args=[access.pk])
    assert browser(house.nurse).post(end).status_code == 404, "a colleague does not end it"
    person = browser(house.people[role])
    assert end in person.get(reverse("injections:own" if role == Role.FRONT_DESK else "injections:emergencies")).text
    for _ in range(2):
        assert person.post(end).status_code == 302
    assert desk.get(page_of(house.patient)).status_code == 404
    told = browser(house.people[Role.MANAGER]).get(reverse("injections:emergencies")).text
    assert f"by {house.people[role].signs_as}" in told
    assert "Emergency access to MRN" not in desk.get(reverse("injections:own")).text
    assert desk.post(reverse(ASK), typed(house.patient)).status_code == 302, "needed again, it opens again"
    assert desk.get(page_of(house.patient)).status_code == 200


def test_promise_14_every_read_during_it_is_marked(house, record_property):
    desk = browser(house.people[Role.FRONT_DESK])
    desk.post(reverse(ASK), typed(house.patient))
    shown = 5
    for _ in range(shown):
        desk.get(page_of(house.patient))
    reads = AuditEvent.objects.filter(subject="injections:patient", patient_id=house.patient.pk)
    assert reads.filter(action=Action.EMERGENCY).count() == shown
    assert not reads.filter(action=Action.READ).exists()
    record_property("figure", f"{shown} of {shown} reads marked")


def test_promise_14_its_rows_stay_and_last_no_longer_than_an_hour(house):
    browser(house.people[Role.FRONT_DESK]).post(reverse(ASK), typed(house.patient))
    for statement in (
        "UPDATE injections_emergencyaccess SET until = until + interval '1 day'",
        "DELETE FROM injections_emergencyaccess",
        "INSERT INTO injections_emergencyaccess (practice_id, staff_id, patient_id, reason, since, until) "
        "SELECT practice_id, staff_id, patient_id, reason, since, until + interval '1 second' "
        "FROM injections_emergencyaccess",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
