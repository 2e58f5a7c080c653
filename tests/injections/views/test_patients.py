"""Registering and finding patients, and what is said about them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.actions import encounters
from injections.models import Allergy, Coverage, Patient
from injections.models.patient import AllergyStatus
from tests import clock
from tests.factories import AppointmentFactory, OrderFactory, PatientFactory, signed_dose

pytestmark = pytest.mark.django_db

NEW = {
    "family_name": "Núñez",
    "given_name": "José",
    "birth_date": "8/22/1979",
    "mrn": "100202",
    "sex": "M",
    "established": "no",
    "state": "il",
    "postal_code": "62702",
}
HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "=1+1",
    "Null",
    "O'Brien",
    "李",
    "عائشة",
    "%s",
    "{{ 7*7 }}",
]


def at(name, *args):
    return reverse(f"injections:{name}", args=args)


def find(browser, words):
    browser.post(at("patients"), {"q": words})
    return [patient.family_name for patient in browser.get(at("patients")).context["patients"]]


# --- registering ---


def test_a_patient_is_registered_with_what_was_typed(clinic, nurse):
    answer = nurse.post(at("patient_new"), NEW)
    patient = Patient.objects.get(mrn="100202")
    assert answer["Location"] == at("patient", patient.pk)
    assert (patient.practice, patient.birth_date, patient.state) == (clinic.practice, date(1979, 8, 22), "IL")
    assert patient.established is False
    assert patient.on_dialysis is None
    assert patient.allergy_status == AllergyStatus.NOT_ASKED


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("family_name", "", "Enter the family name"),
        ("family_name", "\u200b", "cannot be seen"),
        ("family_name", "x" * 81, "80"),
        ("birth_date", "8/22/79", "four digits"),
        ("birth_date", "22/8/1979", "not a day"),
        ("birth_date", "8/22/2979", "future"),
        ("birth_date", "", "Enter the birth date"),
        ("mrn", "", "Enter the record number"),
        ("mrn", "0017", "belongs to another patient"),
        ("established", "", "Say whether"),
        ("state", "Illinois", "two letters"),
        ("postal_code", "627", "five digits"),
        ("sex", "X", "sex on record"),
    ],
)
def test_a_refused_form_says_what_to_do_and_keeps_what_was_typed(clinic, nurse, field, typed, word):
    answer = nurse.post(at("patient_new"), NEW | {field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert word in " ".join(answer.context["form"].errors[field])
    assert "There is a problem" in page
    assert 'value="100202"' in page or field == "mrn"
    assert answer.context["form"][field].value() == typed
    assert not Patient.objects.filter(mrn="100202").exists()


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_names_come_back_exactly_and_never_as_markup(nurse, text):
    nurse.post(at("patient_new"), NEW | {"family_name": text, "given_name": text})
    patient = Patient.objects.get(mrn="100202")
    assert (patient.family_name, patient.given_name) == (text, text)
    page = nurse.get(at("patient", patient.pk)).content.decode()
    assert "<script>alert" not in page
    assert find(nurse, text) == [text]


def test_the_page_of_a_new_patient_says_what_is_missing(clinic, nurse):
    page = nurse.get(at("patient", PatientFactory(practice=clinic.practice).pk)).content.decode()
    for sentence in ("No orders.", "None booked.", "No visits yet.", "No plan recorded."):
        assert sentence in page


# --- finding ---


@pytest.mark.parametrize("words", ["nunez", "NÚÑEZ", "jose nun", "Núñez, José", "1002", "8/22/1979", "1979-08-22"])
def test_patients_are_found_without_accents_case_or_order(nurse, words):
    nurse.post(at("patient_new"), NEW)
    assert find(nurse, words) == ["Núñez"]


@pytest.mark.parametrize("words", ["Elsewhere", "%", "_", "\\", "8/22/79", "x" * 5000, "\u202e"])
def test_other_practices_and_odd_searches_find_nobody(clinic, nurse, words):
    assert find(nurse, words) == []
    assert "Nobody here is called" in nurse.get(at("patients")).content.decode()


def test_a_search_leaves_no_name_in_the_address(nurse):
    answer = nurse.post(at("patients"), {"q": "Rivera"})
    assert answer["Location"] == at("patients")


# --- changing ---


def test_details_are_changed_and_keep_the_rest(clinic, nurse):
    page = nurse.get(at("patient_edit", clinic.patient.pk))
    typed = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    nurse.post(at("patient_edit", clinic.patient.pk), typed | {"birth_date": "3/14/1961", "phone": "555-0142"})
    clinic.patient.refresh_from_db()
    assert (clinic.patient.phone, clinic.patient.birth_date) == ("555-0142", date(1961, 3, 14))


def test_allergies_are_listed_once(clinic, nurse):
    for _ in range(2):
        answer = nurse.post(at("allergy_new", clinic.patient.pk), {"substance": "Penicillin", "reaction": "hives"})
    assert answer.status_code == 422
    assert Allergy.objects.filter(patient=clinic.patient).count() == 1
    clinic.patient.refresh_from_db()
    assert clinic.patient.allergy_status == AllergyStatus.LISTED


def test_no_known_allergies_is_recorded_with_one_tap_and_not_against_the_list(clinic, nurse):
    patient = PatientFactory(practice=clinic.practice, allergy_status=AllergyStatus.NOT_ASKED)
    nurse.post(at("no_known_allergies", patient.pk))
    patient.refresh_from_db()
    assert patient.allergy_status == AllergyStatus.NONE
    nurse.post(at("allergy_new", patient.pk), {"substance": "latex"})
    answer = nurse.post(at("no_known_allergies", patient.pk), follow=True)
    assert "Allergies are listed" in answer.content.decode()


def test_a_weight_in_pounds_is_asked_about(clinic, nurse):
    nurse.post(at("weight_new", clinic.patient.pk), {"weight_kg": "70", "weight_on": "2026-10-01"})
    typed = {"weight_kg": "154", "weight_on": "2026-10-02"}
    answer = nurse.post(at("weight_new", clinic.patient.pk), typed)
    assert answer.status_code == 422
    assert "154 lb would be 70.0 kg" in answer.content.decode()
    nurse.post(at("weight_new", clinic.patient.pk), typed | {"sure": "on"})
    clinic.patient.refresh_from_db()
    assert clinic.patient.weight_kg == Decimal("154")


def test_a_height_is_kept_until_another_is_measured(clinic, nurse):
    typed = {"weight_kg": "70", "weight_on": "2026-10-01"}
    for height, status in (("5.9", 422), ("261", 422), ("172.5", 302), ("", 302)):
        assert nurse.post(at("weight_new", clinic.patient.pk), typed | {"height_cm": height}).status_code == status
    clinic.patient.refresh_from_db()
    assert clinic.patient.height_cm == Decimal("172.5")
    assert "172.5 cm tall" in nurse.get(at("patient", clinic.patient.pk)).content.decode()


@pytest.mark.parametrize("typed", ["0", "-1", "700", "1e2", "1_0", "١٢", "seventy", ""])
def test_odd_weights_are_refused(clinic, nurse, typed):
    answer = nurse.post(at("weight_new", clinic.patient.pk), {"weight_kg": typed, "weight_on": "2026-10-01"})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_a_plan_is_added_for_a_payer_that_the_bill_knows(clinic, nurse):
    typed = {"payer_key": "medicare-b", "member_number": "1EG4-TE5-MK73", "rank": "1"}
    nurse.post(at("coverage_new", clinic.patient.pk), typed)
    assert Coverage.objects.get(patient=clinic.patient).payer_key == "medicare-b"
    assert "Medicare Part B" in nurse.get(at("patient", clinic.patient.pk)).content.decode()
    assert nurse.post(at("coverage_new", clinic.patient.pk), typed).status_code == 422
    assert (
        nurse.post(at("coverage_new", clinic.patient.pk), typed | {"payer_key": "acme", "rank": "2"}).status_code == 422
    )


def test_whoever_came_early_is_not_expected_again(nurse, clinic):
    today = {"starts_on": clock.today(), "ordered_on": clock.today()}
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician, **today)
    soon = timezone.now() + timedelta(minutes=30)
    booked = AppointmentFactory(order=order, location=clinic.location, starts_at=soon, room="Room 5")
    page = nurse.get(at("patient", clinic.patient.pk)).content.decode()
    assert f"{clinic.location.name}, Room 5" in page
    visit = encounters.open_for(appointment=booked, by=clinic.nurse)
    signed_dose(order=order, encounter=visit, nurse=clinic.nurse, now=timezone.now())
    assert "Room 5" not in nurse.get(at("patient", clinic.patient.pk)).content.decode()
