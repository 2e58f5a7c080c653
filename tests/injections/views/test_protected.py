"""The front desk books and expects a patient under 42 CFR Part 2, and learns nothing of what it is about."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.actions import restrictions
from injections.models import Appointment
from tests import clock
from tests.factories import AppointmentFactory, OrderFactory

pytestmark = pytest.mark.django_db

AT = "/appointments/protected/"


@pytest.fixture
def kept(clinic):
    """A protected patient with an order for a drug, expected in an hour."""
    restrictions.restrict(
        patient=clinic.patient, kind="part-2", since=date(2026, 1, 1), reason="program", by=clinic.nurse
    )
    clinic.order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    return AppointmentFactory(
        patient=clinic.patient, order=clinic.order, location=clinic.location, starts_at=timezone.now()
    )


def typed(client, patient, **said):
    key = client.get(AT).context["form"]["submission_key"].value()
    tomorrow = clock.today() + timedelta(days=1)
    form = {
        "mrn": patient.mrn,
        "birth_date": f"{patient.birth_date:%m/%d/%Y}",
        "day": tomorrow.isoformat(),
        "at": "9:20",
        "location": said.pop("location"),
        "submission_key": key,
    }
    return client.post(AT, form | said)


def test_a_protected_visit_is_booked_and_expected_without_what_it_is_about(clinic, kept, as_):
    desk = as_(clinic.front_desk)
    assert typed(desk, clinic.patient, location=clinic.location.pk).status_code == 302
    made = Appointment.objects.latest("pk")
    assert (made.patient, made.order) == (clinic.patient, None)
    page = desk.get(AT).text
    assert page.count(f"<b>{clinic.patient.listed_name}</b>") == 2
    assert clinic.order.product.name not in page
    assert reverse("injections:patient", args=[clinic.patient.pk]) not in page
    assert "1 protected visit today" in desk.get(reverse("injections:today")).text
    assert desk.get(reverse("injections:patient", args=[clinic.patient.pk])).status_code == 404


def test_nobody_is_found_by_half_and_nobody_else_asks(clinic, kept, as_):
    desk = as_(clinic.front_desk)
    for wrong in ({"birth_date": "1/1/1950"}, {"mrn": "nobody"}, {"mrn": clinic.stranger.mrn}):
        answer = typed(desk, clinic.patient, location=clinic.location.pk, **wrong)
        assert answer.status_code == 422
    assert Appointment.objects.count() == 1
    for role in ("nurse", "biller", "manager", "administrator"):
        assert as_(getattr(clinic, role)).get(AT).status_code == 404
    assert "protected visit" not in as_(clinic.nurse).get(reverse("injections:today")).text


def test_the_desk_takes_a_protected_booking_back(clinic, kept, as_):
    at = reverse("injections:protected_cancel", args=[kept.pk])
    desk = as_(clinic.front_desk)
    assert at in desk.get(AT).text
    question = desk.get(at).text
    assert clinic.order.product.name not in question
    assert desk.post(at, follow=True).redirect_chain == [(AT, 302)]
    kept.refresh_from_db()
    assert kept.cancelled_by == clinic.front_desk
    assert desk.get(at).status_code == 404, "it is not expected any more"
    open_to_all = AppointmentFactory(
        patient=clinic.stranger, order=None, location=clinic.location, starts_at=timezone.now()
    )
    assert desk.post(reverse("injections:protected_cancel", args=[open_to_all.pk])).status_code == 404
    assert as_(clinic.nurse).post(at).status_code == 404
