"""Whoever is ill after a dose stands first under Watching until the log is closed, whatever the drug asks for."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from injections.actions import reactions
from tests import clock
from tests.factories import EncounterFactory, OrderFactory, PackageFactory, PatientFactory, ProductFactory, signed_dose

pytestmark = pytest.mark.django_db
BOARD = f"{reverse('injections:today')}?tab=watching"


@pytest.fixture
def given(clinic):
    def give(name="Rivera", product=None, minutes=0):
        at = timezone.now() - timedelta(minutes=minutes)
        patient = PatientFactory(practice=clinic.practice, family_name=name)
        more = {"product": product} if product else {}
        order = OrderFactory(patient=patient, ordered_by=clinic.physician, **more)
        visit = EncounterFactory(
            patient=patient,
            location=clinic.location,
            opened_by=clinic.nurse,
            date=at.astimezone(clock.ZONE).date(),
        )
        typed = {"package_ndc": "99999-0002-01"} if product else {}
        return signed_dose(order=order, encounter=visit, nurse=clinic.nurse, now=at, **typed)

    return give


@pytest.fixture
def asks_for_a_wait():
    drug = ProductFactory(key="fictaway", name="fictaway", display="fictaway")
    drug.details = {**drug.details, "observation_minutes": 30}
    drug.save()
    PackageFactory(product=drug, ndc="99999-0002-01")
    return drug


def board(nurse):
    return nurse.get(BOARD).content.decode()


def log_of(called):
    return reverse("injections:reaction", args=[called.pk])


def test_a_drug_without_a_wait_is_watched_while_the_reaction_goes_on(clinic, nurse, given):
    dose = given()
    assert "Nobody is being watched now" in board(nurse)
    called = reactions.call(administration=dose, by=clinic.nurse)
    page = board(nurse)
    assert "</span> Reaction</span>" in page
    assert log_of(called) in page, "one tap leads to the log"
    reactions.end(reaction=called, outcome="Recovered and went home", allergy=False, by=clinic.nurse)
    assert "Nobody is being watched now" in board(nurse)


def test_whoever_is_ill_comes_before_whoever_is_due(clinic, nurse, given, asks_for_a_wait):
    given("Early", asks_for_a_wait, minutes=1)
    reactions.call(administration=given("Late"), by=clinic.nurse)
    page = board(nurse)
    assert page.index("LATE") < page.index("EARLY")


def test_a_reaction_past_midnight_stays_on_the_board(clinic, nurse, given):
    midnight = datetime.combine(clock.today(), time.min, clock.ZONE)
    with time_machine.travel((midnight + timedelta(minutes=10)).astimezone(UTC)):
        called = reactions.call(administration=given(minutes=20), by=clinic.nurse)
        assert log_of(called) in board(nurse)
        reactions.end(reaction=called, outcome="Recovered and went home", allergy=False, by=clinic.nurse)
        assert log_of(called) not in board(nurse)
