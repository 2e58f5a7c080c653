"""The accounting of disclosures: what left the practice about a patient, and nothing about anybody else."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.reading.disclosures import accounting
from tests.factories import EncounterFactory, OrderFactory, signed_dose

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(clinic):
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse)
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    signed_dose(encounter=visit, order=order, nurse=clinic.nurse)
    return visit


def address(patient, page="disclosures"):
    return reverse(f"injections:{page}", args=[patient.pk])


def test_a_printed_note_is_listed_with_who_and_when(clinic, as_, visit):
    as_(clinic.nurse).get(reverse("injections:note", args=[visit.pk]))
    page = as_(clinic.manager).get(address(clinic.patient))
    account = page.context["account"]
    assert [(one.what, one.purpose, one.by) for one in account.listed] == [
        ("Note of the visit of 6 Oct 2026", "Printed", clinic.nurse.signs_as)
    ]
    assert account.exempt == ()
    assert "Note of the visit of 6 Oct 2026" in page.content.decode()


def test_looking_and_asking_for_the_account_are_no_disclosures(clinic, as_, visit):
    as_(clinic.nurse).get(reverse("injections:patient", args=[clinic.patient.pk]))
    desk = as_(clinic.front_desk)
    desk.get(address(clinic.patient))
    desk.get(address(clinic.patient, "disclosures_file"))
    found = accounting(clinic.patient, timezone.now())
    assert found.listed == found.exempt == ()


def test_other_patients_prints_are_not_shown(clinic, as_, visit):
    as_(clinic.nurse).get(reverse("injections:note", args=[visit.pk]))
    other = EncounterFactory(patient__practice=clinic.practice, location=clinic.location).patient
    assert accounting(other, timezone.now()).listed == ()


def test_the_file_says_the_same(clinic, as_, visit):
    as_(clinic.nurse).get(reverse("injections:note", args=[visit.pk]))
    answer = as_(clinic.front_desk).get(address(clinic.patient, "disclosures_file"))
    (row,) = csv.DictReader(io.StringIO(answer.content.decode(), newline=""))
    assert (row["What"], row["Listed by law"]) == ("Note of the visit of 6 Oct 2026", "yes")
    assert answer["Content-Disposition"] == 'attachment; filename="disclosures.csv"'


@pytest.mark.parametrize("page", ["disclosures", "disclosures_file"])
def test_only_the_front_desk_and_the_manager_and_only_their_own_patients(clinic, as_, page):
    for who, status in (("front_desk", 200), ("manager", 200), ("nurse", 404), ("biller", 404), ("administrator", 404)):
        assert as_(getattr(clinic, who)).get(address(clinic.patient, page)).status_code == status, who
    assert as_(clinic.manager).get(address(clinic.stranger, page)).status_code == 404
