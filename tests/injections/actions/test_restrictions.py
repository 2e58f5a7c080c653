"""What may not be told of a patient: who enters it, that it stays, and how it ends."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from injections.actions import restrictions
from injections.actions.errors import NotAllowed, Refused
from injections.chart import kept_from_plan
from injections.models import Restriction
from injections.models.staff import Role
from tests.factories import EncounterFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 6)


@pytest.fixture
def patient():
    return PatientFactory()


def kept(patient, kind="paid-in-full", role=Role.NURSE, **days):
    by = StaffFactory(practice=patient.practice, role=role)
    days = {"since": DAY, **days}
    return restrictions.restrict(patient=patient, kind=kind, reason="asked on a form", by=by, **days)


def test_a_visit_in_its_days_is_kept_from_the_plan_and_others_are_not(patient):
    kept(patient, until=DAY)
    assert kept_from_plan(EncounterFactory(patient=patient, date=DAY))
    assert not kept_from_plan(EncounterFactory(patient=patient, date=date(2026, 10, 7)))
    assert not kept_from_plan(EncounterFactory(patient=PatientFactory(practice=patient.practice), date=DAY))


def test_without_a_last_day_it_holds_for_all_that_follow(patient):
    kept(patient)
    assert kept_from_plan(EncounterFactory(patient=patient, date=date(2027, 1, 1)))


def test_ended_it_keeps_nothing_back_and_still_stands_in_the_record(patient):
    made = kept(patient)
    by = StaffFactory(practice=patient.practice)
    restrictions.end(restriction=made, reason="consent signed", by=by)
    assert not kept_from_plan(EncounterFactory(patient=patient, date=DAY))
    assert Restriction.objects.get().end.reason == "consent signed"
    with pytest.raises(Refused):
        restrictions.end(restriction=made, reason="again", by=by)


def test_said_again_it_is_one(patient):
    assert kept(patient) == kept(patient)


@pytest.mark.parametrize("kind", ["minor", "part-2"])
def test_the_front_desk_enters_what_was_paid_and_nothing_of_the_care(patient, kind):
    kept(patient, role=Role.FRONT_DESK)
    with pytest.raises(NotAllowed):
        kept(patient, kind=kind, role=Role.FRONT_DESK)


def test_it_is_never_changed_or_removed(patient):
    made = kept(patient)
    for change in (lambda: Restriction.objects.update(kind="minor"), lambda: Restriction.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Restriction.objects.get() == made
