"""The accounting of disclosures: what left the practice about a patient, and nothing about anybody else."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from injections.models import DisclosureMade, EmergencyAccess
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
def test_who_gives_the_account_and_only_of_their_own_patients(clinic, as_, page):
    for who, status in (("front_desk", 200), ("manager", 200), ("nurse", 200), ("biller", 404), ("administrator", 404)):
        assert as_(getattr(clinic, who)).get(address(clinic.patient, page)).status_code == status, who
    assert as_(clinic.manager).get(address(clinic.stranger, page)).status_code == 404


TOLD = {
    "made_on": "10/5/2026",
    "to_whom": "Cook County Health Department",
    "address": "69 W Washington St, Chicago",
    "what": "name, birth date and the vaccine",
    "purpose": "=registry",
    "basis": "public-health",
}


def told(client, patient, **said):
    page = client.get(reverse("injections:disclosure_new", args=[patient.pk]))
    key = page.context["form"]["submission_key"].value()
    return client.post(page.request["PATH_INFO"], {**TOLD, "submission_key": key, **said})


def test_what_was_told_outside_the_product_is_entered_listed_and_taken_back(clinic, as_):
    desk = as_(clinic.front_desk)
    assert told(desk, clinic.patient).status_code == 302
    told(desk, clinic.patient, basis="care", to_whom="Dr Green")
    account = accounting(clinic.patient, timezone.now())
    (row,) = account.listed
    assert (row.to_whom, row.address, row.what) == (TOLD["to_whom"], TOLD["address"], TOLD["what"])
    assert row.purpose == "Report to public health, such as a vaccine registry or the FDA: =registry"
    assert [one.to_whom for one in account.exempt] == ["Dr Green"]
    line = next(csv.DictReader(io.StringIO(desk.get(address(clinic.patient, "disclosures_file")).content.decode())))
    assert (line["When"], line["Address"], line["Listed by law"]) == ("2026-10-05", TOLD["address"], "yes")
    back = reverse("injections:disclosure_take_back", args=[row.entered])
    assert back in desk.get(address(clinic.patient)).content.decode()
    assert desk.post(back, {"reason": "the wrong patient"}).status_code == 302
    assert desk.post(back, {"reason": "once more"}).status_code == 422
    assert accounting(clinic.patient, timezone.now()).listed == ()
    with pytest.raises(DatabaseError), transaction.atomic():
        DisclosureMade.objects.update(what="nothing")


def test_the_same_form_sent_again_is_one_entry_and_a_day_to_come_is_refused(clinic, as_):
    desk, key = as_(clinic.front_desk), "0d4ad9a0-0000-4000-8000-000000000001"
    for _ in range(3):
        told(desk, clinic.patient, submission_key=key)
    assert DisclosureMade.objects.count() == 1
    assert told(desk, clinic.patient, made_on="1/1/2099").status_code == 422
    assert desk.get(reverse("injections:disclosure_new", args=[clinic.stranger.pk])).status_code == 404


def test_emergency_access_stands_beside_the_account(clinic):
    now = timezone.now()
    EmergencyAccess.objects.create(
        practice=clinic.practice, staff=clinic.nurse, patient=clinic.patient, reason="reaction in the lobby",
        since=now, until=now + timedelta(minutes=60),
    )  # fmt: skip
    (row,) = accounting(clinic.patient, timezone.now()).exempt
    assert (row.what, row.purpose) == ("The record, by emergency access", "reaction in the lobby")
