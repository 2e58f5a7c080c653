"""The practice's day, at an hour when it is tomorrow in UTC."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from injections.models import SignIn
from tests.entering import PASSWORD, code, enrolled
from tests.factories import LocationFactory, PatientFactory

pytestmark = pytest.mark.django_db
#: half past seven in the evening of 21 November in Chicago
EVENING = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(EVENING):
        yield


@pytest.fixture
def patient():
    return PatientFactory(practice=LocationFactory().practice)


@pytest.fixture
def kim(client, patient):
    client.force_login(enrolled("kim", practice=patient.practice))


def weighs(client, patient, day, **more):
    asked = {"weight_kg": "70", "weight_on": day} | more
    client.post(reverse("injections:weight_new", args=[patient.pk]), asked)
    patient.refresh_from_db()
    return patient.weight_on


def test_today_is_the_practice_s(client, kim, patient):
    assert weighs(client, patient, "2026-11-22") is None
    assert weighs(client, patient, "2026-11-21").isoformat() == "2026-11-21"


def test_today_is_the_practice_s_for_somebody_who_comes_back_with_the_form(client, kim, patient):
    back = {"back_who": "kim", "back_secret": PASSWORD, "back_code": code()}
    client.cookies.clear()
    assert weighs(client, patient, "2026-11-22", **back) is None
    assert SignIn.objects.count() == 2
    assert weighs(client, patient, "2026-11-21").isoformat() == "2026-11-21"
