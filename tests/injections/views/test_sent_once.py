"""A form that is sent twice makes one row, and both answers lead to it; changed in between, it is refused."""

from uuid import uuid4

import pytest
from django.urls import reverse

from injections.models import Allergy, Coverage, Patient, Service, SparedSide, Staff
from injections.models.staff import Role
from tests.factories import EncounterFactory, LocationFactory, PatientFactory, PhysicianFactory, StaffFactory

pytestmark = pytest.mark.django_db

PATIENT = {"family_name": "Once", "birth_date": "3/14/1961", "mrn": "ONCE-1", "sex": "U", "established": "yes"}
ALLERGY = {"substance": "latex", "reaction": "hives"}
AVOID = {"where": "arm:left", "why": "mastectomy", "note": "2019"}
PLAN = {"payer_key": "medicare-b", "member_number": "1EG4", "rank": "1"}
VISIT = {"code": "99213", "separately_identifiable": "yes", "diagnoses": "E53.8"}
COLLEAGUE = {"given_name": "Ann", "family_name": "Once", "role": Role.NURSE, "credential": "R.N.", "username": "ann.o"}
#: address, about what, who sends it, what is typed, what it makes, and what is typed otherwise the second time
FORMS = [
    ("patient_new", "", Role.FRONT_DESK, PATIENT, Patient.objects.filter(mrn__startswith="ONCE"), {"mrn": "ONCE-2"}),
    ("allergy_new", "patient", Role.NURSE, ALLERGY, Allergy.objects.all(), {"substance": "penicillin"}),
    ("spared_new", "patient", Role.NURSE, AVOID, SparedSide.objects.all(), {"note": "2021"}),
    ("coverage_new", "patient", Role.FRONT_DESK, PLAN, Coverage.objects.all(), {"rank": "2"}),
    ("service_new", "visit", Role.PHYSICIAN, VISIT, Service.objects.all(), {"code": "99214"}),
    ("staff_new", "", Role.ADMINISTRATOR, COLLEAGUE, Staff.objects.filter(family_name="Once"), {"username": "other"}),
]


@pytest.fixture
def place():
    location = LocationFactory()
    people = {role: StaffFactory(practice=location.practice, location=location, role=role) for role in Role}
    people[Role.PHYSICIAN] = PhysicianFactory(practice=location.practice, location=location)
    patient = PatientFactory(practice=location.practice)
    return people, {"patient": patient.pk, "visit": EncounterFactory(patient=patient, location=location).pk}


@pytest.mark.parametrize(("name", "about", "role", "typed", "made", "otherwise"), FORMS, ids=[f[0] for f in FORMS])
def test_it_makes_one_row(place, client, name, about, role, typed, made, otherwise):
    people, ids = place
    client.force_login(people[role])
    address = reverse(f"injections:{name}", args=[ids[about]] if about else [])
    assert 'name="submission_key"' in client.get(address).content.decode()
    typed = typed | {"submission_key": str(uuid4())}
    first, again = client.post(address, typed), client.post(address, typed)
    assert made.count() == 1, first.content.decode()
    where = first.get("Location") or reverse("injections:staff_access", args=[made.get().pk])
    assert (again.status_code, again["Location"]) == (302, where)
    changed = client.post(address, typed | otherwise)
    assert changed.status_code == 422
    assert "This page was sent before. Open it again to record something else" in changed.content.decode()
    assert made.count() == 1
    assert client.post(address, typed | otherwise | {"submission_key": str(uuid4())}).status_code in (200, 302)
    assert made.count() == 2
