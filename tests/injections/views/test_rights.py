"""Every page of the practice, every role: a page that is not somebody's work looks like one that does not exist."""

import re

import pytest
from django.urls import reverse

from injections import policy
from injections.models.staff import Role
from injections.urls import practice
from tests.factories import AppointmentFactory, EncounterFactory, OrderFactory, PatientFactory

pytestmark = pytest.mark.django_db

#: the word before the number -> what it names; of anything else there is none here
ABOUT = {
    "patients": "patient",
    "orders": "order",
    "appointments": "appointment",
    "visits": "visit",
    "staff": "colleague",
}
NUMBERED = re.compile(r"([a-z-]+)/<int:pk>")


def about(url):
    """What the number in an address names, "" where it has none."""
    word = NUMBERED.search(str(url.pattern))
    return ABOUT.get(word[1], "nothing") if word else ""


def rows(patient, colleague):
    order = OrderFactory(patient=patient)
    return {
        "patient": patient.pk,
        "order": order.pk,
        "appointment": AppointmentFactory(order=order).pk,
        "visit": EncounterFactory(patient=patient).pk,
        "colleague": colleague.pk,
        "nothing": 2**40,
    }


def address(url, ids, drug):
    named = str(url.pattern)
    words = {}
    if "<int:pk>" in named:
        words["pk"] = ids[about(url)]
    if "<int:drug>" in named:
        words["drug"] = drug
    return reverse(f"injections:{url.name}", kwargs=words)


@pytest.mark.parametrize("role", list(Role))
def test_a_page_answers_only_to_the_roles_that_the_policy_names(clinic, as_, role):
    person = getattr(clinic, role.name.lower())
    ids, browser = rows(clinic.patient, clinic.biller), as_(person)
    for url in practice:
        for send in (browser.get, browser.post):
            answer = send(address(url, ids, clinic.drug.pk))
            if not policy.may(person, url.callback.permission):
                assert answer.status_code == 404, (url.name, send)
            elif about(url) != "nothing":
                assert answer.status_code in (200, 302, 405, 422), (url.name, send, answer.status_code)


@pytest.mark.parametrize("role", list(Role))
def test_another_practices_rows_are_not_there(clinic, as_, role):
    other = PatientFactory()
    from tests.factories import StaffFactory

    ids = rows(other, StaffFactory(practice=other.practice))
    browser = as_(getattr(clinic, role.name.lower()))
    for url in practice:
        if "<int:pk>" not in str(url.pattern):
            continue
        for send in (browser.get, browser.post):
            answer = send(address(url, ids, clinic.drug.pk))
            assert answer.status_code in (404, 405) or (url.name == "cosign_one" and answer.status_code == 302), (
                url.name
            )


def test_an_administrator_never_sees_a_patient(clinic, as_):
    browser = as_(clinic.administrator)
    for url in practice:
        if url.callback.permission in ("staff.write", "practice.write", "emergency.see", "emergency.close"):
            continue
        answer = browser.get(address(url, rows(clinic.patient, clinic.nurse), clinic.drug.pk))
        assert answer.status_code == (200 if url.callback.permission == "audit.see" else 404)
        assert "Rivera" not in answer.content.decode()


def test_nobody_sees_anything_before_signing_in(clinic, client):
    ids = rows(clinic.patient, clinic.nurse)
    for url in practice:
        answer = client.get(address(url, ids, clinic.drug.pk))
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]
