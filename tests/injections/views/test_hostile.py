"""Whatever is typed into any field of any form is kept or refused in words, and never a server error."""

import pytest
from django.urls import reverse

from injections.models.staff import Role
from tests.factories import EncounterFactory, SeriesFactory

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    " ",
    "'; DROP TABLE patient; --",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% now %}",
    "=HYPERLINK(1)",
    "\u202eabc",
    "\u200b",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "٣",
    "1e400",
    "NaN",
    "-1",
    "9" * 60,
    "x" * 5_000,
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "a\nb\r\nc\td",
    "%00",
    "../../etc/passwd",
    "💉",
]


def forms(clinic):
    patient, order = clinic.patient.pk, SeriesFactory(patient=clinic.patient, product=clinic.drug)
    visit = EncounterFactory(patient=clinic.patient)
    return [
        (Role.NURSE, "patient_new", ()),
        (Role.NURSE, "patient_edit", (patient,)),
        (Role.NURSE, "allergy_new", (patient,)),
        (Role.NURSE, "weight_new", (patient,)),
        (Role.NURSE, "coverage_new", (patient,)),
        (Role.NURSE, "appointment_new", (patient,)),
        (Role.NURSE, "walk_in_for", (patient,)),
        (Role.NURSE, "order_new", (patient,)),
        (Role.NURSE, "order_details", (patient, order.product_id)),
        (Role.NURSE, "stock_receive", ()),
        (Role.PHYSICIAN, "order_details", (patient, order.product_id)),
        (Role.PHYSICIAN, "service_new", (visit.pk,)),
        (Role.ADMINISTRATOR, "staff_new", ()),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_form_answers_with_an_error_of_ours(clinic, as_, text):
    for role, name, about in forms(clinic):
        browser = as_(getattr(clinic, role.name.lower()))
        address = reverse(f"injections:{name}", args=about)
        fields = browser.get(address).context["form"].fields
        answer = browser.post(address, dict.fromkeys(fields, text))
        assert answer.status_code in (302, 422), (name, answer.status_code)
        if answer.status_code == 422:
            page = answer.content.decode()
            assert "There is a problem" in page, name
            assert "<img src=x" not in page, name
            is_kept(answer.context["form"], text)


def is_kept(form, text):
    """What was typed comes back as it was typed; a box that was ticked stays ticked."""
    for field in form:
        assert field.value() in (text, bool(text)), field.name


@pytest.mark.parametrize("name", ["patient_new", "patients", "walk_in", "stock_receive"])
def test_a_nul_is_refused_before_it_reaches_anything(nurse, name):
    assert nurse.post(reverse(f"injections:{name}"), {"q": "a\0b", "mrn": "\0"}).status_code == 400
