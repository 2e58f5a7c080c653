"""Visits: opened once, on the practice's own day, and heard of when something changes after a signature."""

from datetime import UTC, date, datetime, timedelta

import pytest

from injections.actions import appointments, encounters
from injections.actions.errors import NotAllowed, Refused
from injections.models import Encounter
from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    CoverageFactory,
    LocationFactory,
    PhysicianFactory,
    StaffFactory,
    signed_dose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment():
    return AppointmentFactory()


@pytest.fixture
def nurse(appointment):
    return StaffFactory(practice=appointment.practice)


def open_for(appointment, nurse, now=NOW):
    return encounters.open_for(appointment=appointment, by=nurse, now=now)


# --- opening ---


def test_opening_twice_opens_once(appointment, nurse):
    first = open_for(appointment, nurse)
    assert open_for(appointment, StaffFactory(practice=appointment.practice)) == first
    assert (first.patient, first.location, first.date) == (appointment.patient, appointment.location, TODAY)


def test_the_day_is_the_practices_own():
    """Eight in the evening in Chicago is the next day in Greenwich."""
    late = datetime(2026, 10, 7, 1, tzinfo=UTC)
    appointment = AppointmentFactory(starts_at=late)
    visit = open_for(appointment, StaffFactory(practice=appointment.practice), now=late)
    assert visit.date == date(2026, 10, 6)


def test_who_comes_early_is_seen_today():
    appointment = AppointmentFactory(starts_at=NOW + timedelta(days=2))
    assert open_for(appointment, StaffFactory(practice=appointment.practice)).date == TODAY


def test_a_visit_charted_later_keeps_its_day(appointment, nurse):
    assert open_for(appointment, nurse, now=NOW + timedelta(days=3)).date == TODAY


def test_a_cancelled_appointment_is_not_opened(appointment, nurse):
    appointments.cancel(appointment=appointment, by=nurse)
    with pytest.raises(Refused):
        open_for(appointment, nurse)


def test_another_practice_opens_nothing_here(appointment):
    with pytest.raises(NotAllowed):
        open_for(appointment, StaffFactory())


def test_the_first_plan_that_covers_the_day_is_billed(appointment, nurse):
    CoverageFactory(patient=appointment.patient, rank=1, until=date(2026, 9, 30))
    second = CoverageFactory(patient=appointment.patient, rank=2, since=date(2026, 10, 1))
    assert open_for(appointment, nurse).coverage == second


def test_somebody_who_walks_in_has_one_visit_a_day(appointment, nurse):
    how = {"patient": appointment.patient, "location": appointment.location, "by": nurse, "now": NOW}
    first = encounters.open_walk_in(**how)
    assert encounters.open_walk_in(**how) == first
    assert Encounter.objects.count() == 1


# --- appointments ---


def test_an_opened_visit_is_not_cancelled(appointment, nurse):
    open_for(appointment, nurse)
    with pytest.raises(Refused):
        appointments.cancel(appointment=appointment, by=nurse)


def test_walking_in_is_an_appointment_that_begins_now(appointment, nurse):
    made = appointments.walk_in(
        patient=appointment.patient, location=appointment.location, order=appointment.order, by=nurse, now=NOW
    )
    assert (made.starts_at, made.walk_in, made.created_by) == (NOW, True, nurse)


def test_booking_twice_under_one_key_books_once(appointment, nurse):
    from uuid import uuid4

    how = {
        "patient": appointment.patient,
        "location": appointment.location,
        "starts_at": NOW,
        "by": nurse,
        "submission_key": uuid4(),
    }
    assert appointments.book(**how) == appointments.book(**how)


def test_an_order_of_another_patient_is_not_booked(appointment, nurse):
    other = AppointmentFactory(order__patient__practice=appointment.practice).order
    with pytest.raises(Refused):
        appointments.walk_in(patient=appointment.patient, location=appointment.location, order=other, by=nurse)


# --- what is said about a visit ---


def test_before_a_signature_nobody_is_told(appointment, nurse, amended):
    encounters.set_diagnoses(encounter=open_for(appointment, nurse), diagnoses=["E53.8"], by=nurse)
    assert amended == []


def test_after_a_signature_every_change_is_told(amended):
    dose = signed_dose()
    visit, nurse = dose.encounter, dose.given_by
    plan = CoverageFactory(patient=visit.patient)
    encounters.set_diagnoses(encounter=visit, diagnoses=["E53.8"], by=nurse)
    encounters.set_coverage(encounter=visit, coverage=plan, by=nurse)
    encounters.set_counselling(encounter=visit, counselled_by_physician=True, by=nurse)
    service = encounters.add_service(encounter=visit, code="99213", by=nurse)
    encounters.withdraw_service(service=service, by=nurse, now=NOW)
    assert amended == [visit.pk] * 5


def test_saying_it_again_is_no_change(amended):
    dose = signed_dose()
    for _ in range(2):
        encounters.set_diagnoses(encounter=dose.encounter, diagnoses=["E53.8"], by=dose.given_by)
    assert amended == [dose.encounter_id]


def test_a_plan_of_another_patient_is_refused(appointment, nurse):
    visit = open_for(appointment, nurse)
    with pytest.raises(Refused):
        encounters.set_coverage(encounter=visit, coverage=CoverageFactory(patient__practice=visit.practice), by=nurse)


def test_a_service_is_recorded_once_until_it_is_withdrawn(appointment, nurse):
    visit = open_for(appointment, nurse)
    physician = PhysicianFactory(practice=visit.practice)
    how = {"encounter": visit, "code": "99213", "by": physician, "clinician": physician}
    service = encounters.add_service(**how, separately_identifiable=True, diagnoses=["J02.9"])
    with pytest.raises(Refused):
        encounters.add_service(**how)
    withdrawn = encounters.withdraw_service(service=service, by=nurse, now=NOW)
    assert (withdrawn.withdrawn_by, withdrawn.withdrawn_at) == (nurse, NOW)
    assert encounters.add_service(**how) != service


def test_a_visit_of_another_practice_is_left_alone(appointment, nurse):
    other = LocationFactory()
    with pytest.raises(NotAllowed):
        encounters.open_walk_in(patient=appointment.patient, location=other, by=nurse)
