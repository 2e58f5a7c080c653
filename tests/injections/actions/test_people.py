"""Patients, colleagues, presence and the wait after a dose."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from injections.actions import observations, patients, presence, staff
from injections.actions.errors import NotAllowed, Refused
from injections.chart import signed_fact
from tests.factories import (
    NOW,
    TODAY,
    LocationFactory,
    PatientFactory,
    PhysicianFactory,
    StaffFactory,
    signed_dose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    return PatientFactory(allergy_status="not-asked")


@pytest.fixture
def nurse(patient):
    return StaffFactory(practice=patient.practice)


# --- patients ---


def test_somebody_new_is_registered(nurse):
    made = patients.register(by=nurse, family_name="Núñez", given_name="Inés", birth_date=date(1990, 1, 2), mrn="77")
    assert (made.practice, made.sort_name) == (nurse.practice, "nunez ines")


def test_a_record_number_is_used_once(patient, nurse):
    with pytest.raises(Refused) as refused:
        patients.register(by=nurse, family_name="Other", birth_date=date(1990, 1, 2), mrn=patient.mrn)
    assert "mrn" in refused.value.errors


def test_a_page_changes_only_what_it_may(patient, nurse):
    with pytest.raises(TypeError):
        patients.update(patient=patient, by=nurse, allergy_status="none")


def test_a_correction_that_claims_depend_on_is_told(amended):
    dose = signed_dose()
    patient = dose.encounter.patient
    patients.update(patient=patient, by=dose.given_by, phone="555-0100")
    assert amended == []
    patients.update(patient=patient, by=dose.given_by, birth_date=date(1950, 1, 1))
    assert amended == [dose.encounter_id]


def test_not_asked_none_and_listed_are_three_facts(patient, nurse):
    assert patient.as_fact(TODAY).allergies is None
    assert patients.no_known_allergies(patient=patient, by=nurse).as_fact(TODAY).allergies == ()
    patients.add_allergy(patient=patient, substance="Penicillin", reaction="hives", by=nurse)
    patient.refresh_from_db()
    assert [allergy.substance for allergy in patient.as_fact(TODAY).allergies] == ["Penicillin"]


def test_an_allergy_is_listed_once_and_cannot_be_wished_away(patient, nurse):
    first = patients.add_allergy(patient=patient, substance="Penicillin", by=nurse)
    assert patients.add_allergy(patient=patient, substance="penicillin ", by=nurse) == first
    with pytest.raises(Refused):
        patients.no_known_allergies(patient=patient, by=nurse)


def test_an_older_weight_never_replaces_a_newer_one(patient, nurse):
    patients.record_weight(patient=patient, weight_kg=Decimal("71.5"), on=TODAY, by=nurse)
    with pytest.raises(Refused):
        patients.record_weight(patient=patient, weight_kg=Decimal("60"), on=TODAY - timedelta(days=1), by=nurse)
    patient.refresh_from_db()
    assert patient.weight_kg == Decimal("71.50")


def test_plans_stand_in_order(patient, nurse):
    first = patients.add_coverage(patient=patient, payer_key="medicare", by=nurse)
    second = patients.add_coverage(patient=patient, payer_key="commercial", by=nurse)
    assert (first.rank, second.rank) == (1, 2)
    with pytest.raises(Refused):
        patients.add_coverage(patient=patient, payer_key="commercial", rank=2, by=nurse)


def test_another_practice_knows_nobody_here(patient):
    with pytest.raises(NotAllowed):
        patients.update(patient=patient, by=StaffFactory(), phone="555-0100")


# --- presence ---


@pytest.fixture
def location(patient):
    return LocationFactory(practice=patient.practice)


@pytest.fixture
def physician(patient):
    return PhysicianFactory(practice=patient.practice)


def check_in(location, physician, nurse, now=NOW, **how):
    return presence.check_in(location=location, clinician=physician, by=nurse, now=now, **how)


def test_presence_says_who_asserted_it(location, physician, nurse):
    here = check_in(location, physician, nurse)
    assert (here.clinician, here.asserted_by, here.since) == (physician, nurse, NOW)
    assert check_in(location, physician, nurse, now=NOW + timedelta(hours=1)) == here


def test_going_over_to_video_ends_the_stretch(location, physician, nurse):
    later = NOW + timedelta(hours=1)
    here = check_in(location, physician, nurse)
    away = check_in(location, physician, nurse, now=later, mode="audio-video", technology="clinic video")
    here.refresh_from_db()
    assert (here.until, here.ended_by, away.since) == (later, nurse, later)


def test_checking_out_twice_ends_it_once(location, physician, nurse):
    here = check_in(location, physician, nurse)
    first = presence.check_out(presence=here, by=nurse, now=NOW + timedelta(hours=1))
    assert presence.check_out(presence=here, by=nurse, now=NOW + timedelta(hours=2)).until == first.until


@pytest.mark.parametrize(("minutes", "covered"), [(-1, False), (0, True), (60, True), (61, False)])
def test_covering_a_minute(location, physician, nurse, minutes, covered):
    here = check_in(location, physician, nurse)
    presence.check_out(presence=here, by=nurse, now=NOW + timedelta(hours=1))
    assert presence.covering(location, NOW + timedelta(minutes=minutes)).exists() is covered


def test_only_practitioners_supervise(location, nurse):
    with pytest.raises(Refused):
        check_in(location, StaffFactory(practice=location.practice), nurse)


# --- colleagues ---


@pytest.fixture
def administrator(patient):
    return StaffFactory(practice=patient.practice, role="administrator")


def add(administrator, **how):
    said = {"username": "New.Nurse", "family_name": "Newcomer", "role": "nurse", "credential": "R.N.", **how}
    return staff.add(by=administrator, **said)


def test_a_colleague_without_a_password_cannot_sign_in(administrator):
    person = add(administrator)
    assert (person.username, person.credential, person.practice) == ("new.nurse", "RN", administrator.practice)
    assert not person.has_usable_password()
    assert staff.set_password(staff=person, password="orange-bicycle-7-lake", by=administrator).has_usable_password()


def test_names_to_sign_in_with_are_used_once(administrator):
    add(administrator)
    with pytest.raises(Refused) as refused:
        add(administrator, username="NEW.NURSE")
    assert "username" in refused.value.errors


def test_a_password_that_is_easily_guessed_is_refused(administrator):
    with pytest.raises(Refused) as refused:
        add(administrator, password="password1234")
    assert "password" in refused.value.errors


def test_only_administrators_add_people(nurse):
    with pytest.raises(NotAllowed):
        add(nurse)


def test_people_set_their_own_password_and_nobody_elses(administrator, nurse):
    assert staff.set_password(staff=nurse, password="orange-bicycle-7-lake", by=nurse)
    with pytest.raises(NotAllowed):
        staff.set_password(staff=administrator, password="orange-bicycle-7-lake", by=nurse)


def test_somebody_let_go_does_nothing_more(administrator, nurse, patient):
    gone = staff.deactivate(staff=nurse, by=administrator)
    with pytest.raises(NotAllowed):
        patients.no_known_allergies(patient=patient, by=gone)
    assert staff.activate(staff=gone, by=administrator).is_active


def test_nobody_locks_themselves_out(administrator):
    with pytest.raises(Refused):
        staff.deactivate(staff=administrator, by=administrator)


# --- the wait after a dose ---


def test_the_end_of_the_wait_joins_the_record(amended):
    dose = signed_dose()
    observations.finish(administration=dose, ended="no-reaction", by=dose.given_by, now=NOW + timedelta(minutes=31))
    fact = signed_fact(dose).observation
    assert (fact.minutes, fact.ended) == (31, "no-reaction")
    assert amended == [dose.encounter_id]


def test_a_reaction_says_what_happened():
    dose = signed_dose()
    with pytest.raises(Refused):
        observations.finish(administration=dose, ended="reaction", minutes=5, by=dose.given_by)
    with pytest.raises(Refused):
        observations.finish(administration=dose, ended="no-reaction", minutes=2000, by=dose.given_by)
