"""Who reaches which rows inside a practice: by location, and by what is kept back of a patient."""

from datetime import date

import pytest
from django.apps import apps

from injections.actions import restrictions
from injections.models import Appointment, Encounter, Location, LocationLimit, Lot, Patient
from injections.models.staff import Role
from tests.factories import (
    AppointmentFactory,
    EncounterFactory,
    LocationFactory,
    LotFactory,
    PatientFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db

#: rows about a patient that nothing asks for by person: read only through rows that are
READ_THROUGH_OTHERS = {"Gap", "NotBilled", "ClaimLine", "Decision", "ExportedLine"}
#: administrators see every access, and nothing of the patient but the record number
SEEN_BY_ADMINISTRATORS = {"EmergencyAccess"}


@pytest.fixture
def two(db):
    """A patient seen at two locations of one practice."""
    patient = PatientFactory()
    here, there = (LocationFactory(practice=patient.practice, name=name) for name in ("Here", "There"))
    for place in (here, there):
        AppointmentFactory(patient=patient, order=None, location=place)
        EncounterFactory(patient=patient, location=place)
        LotFactory(location=place)
    return patient, here, there


def person(patient, role=Role.NURSE):
    return StaffFactory(practice=patient.practice, role=role)


def test_somebody_limited_reaches_what_happened_at_their_locations_and_every_patient(two):
    patient, here, _ = two
    nurse = person(patient)
    LocationLimit.objects.create(staff=nurse, location=here, practice=patient.practice)
    for model in (Appointment, Encounter, Lot):
        assert {row.location for row in model.objects.for_user(nurse)} == {here}
    assert list(Location.objects.for_user(nurse)) == [here]
    assert list(Patient.objects.for_user(nurse)) == [patient]


def test_somebody_without_limits_reaches_the_whole_practice(two):
    patient, here, there = two
    for model in (Appointment, Encounter, Lot):
        assert {row.location for row in model.objects.for_user(person(patient))} == {here, there}


@pytest.mark.parametrize("role", list(Role))
def test_part_2_records_are_reached_by_those_who_treat(two, role):
    patient, *_ = two
    kept = restrictions.restrict(
        patient=patient, kind="part-2", since=date(2026, 1, 1), reason="program", by=person(patient)
    )
    reader = person(patient, role)
    treats = role in (Role.NURSE, Role.MEDICAL_ASSISTANT, Role.PHYSICIAN)
    assert Patient.objects.for_user(reader).exists() is treats
    assert Encounter.objects.for_user(reader).exists() is treats
    restrictions.end(restriction=kept, reason="consent", by=person(patient))
    assert Patient.objects.for_user(reader).exists()


def test_what_is_kept_from_the_plan_hides_nobody_from_the_practice(two):
    patient, *_ = two
    restrictions.restrict(
        patient=patient, kind="paid-in-full", since=date(2026, 1, 1), reason="asked", by=person(patient)
    )
    assert Patient.objects.for_user(person(patient, Role.BILLER)).exists()


def test_somebody_of_no_practice_reaches_nothing(two):
    assert not Patient.objects.for_user(StaffFactory(practice=None)).exists()


#: a shelf is everybody's work: its rows name no patient, only the dose they belong to
OF_THE_SHELF = {"StockMove", "OpenedVial", "VialMove"}


def test_every_row_that_leads_to_a_patient_says_how():
    leads = {"Patient", "Encounter", "Administration", "Restriction"}
    for model in apps.get_models():
        if model._meta.app_label not in ("injections", "billing") or not hasattr(model, "practice"):
            continue
        to = {f.related_model.__name__ for f in model._meta.fields if f.is_relation}
        if to & leads and model.__name__ not in READ_THROUGH_OTHERS | SEEN_BY_ADMINISTRATORS | OF_THE_SHELF:
            assert getattr(model, "about", None), model.__name__
