"""A row that somebody else holds for longer than a request waits: a sentence and a way back, and nothing half done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from injections.models import Patient
from tests import clock
from tests.entering import enrolled
from tests.factories import LocationFactory, PatientFactory
from tests.standing import for_practice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere():
    """Another connection of the application, in a transaction that goes on."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.close()


def held(other, patient):
    with other.cursor() as cursor:
        cursor.execute("SELECT set_config('app.practice', %s, true)", [str(patient.practice_id)])
        cursor.execute("SELECT 1 FROM injections_patient WHERE id = %s FOR UPDATE", [patient.pk])
        assert cursor.fetchone()


def test_the_answer_is_a_sentence_and_asking_again_works(client, elsewhere):
    patient = PatientFactory(practice=LocationFactory().practice)
    client.force_login(enrolled("kim", practice=patient.practice))
    asked = {"weight_kg": "70", "weight_on": (clock.today() - timedelta(days=1)).isoformat()}
    at = reverse("injections:weight_new", args=[patient.pk])
    held(elsewhere, patient)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    began = timezone.now()
    answer = client.post(at, asked)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "1"
    assert "nothing was changed" in answer.text
    assert timezone.now() - began < timedelta(seconds=4)
    elsewhere.rollback()
    assert client.post(at, asked).status_code == 302
    with for_practice(patient.practice_id):
        assert Patient.objects.get(pk=patient.pk).weight_kg == 70
