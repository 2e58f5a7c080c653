"""Who supervises: on the bar of every page, and checked in and out on its own."""

import pytest
from django.urls import reverse

from injections.models import Presence

pytestmark = pytest.mark.django_db
HERE = reverse("injections:presence")
CHECK_IN = reverse("injections:check_in")


def test_nobody_supervising_is_said_on_every_page(nurse, clinic):
    assert "Nobody supervising now" in nurse.get(HERE).content.decode()


def test_checking_in_and_out(nurse, clinic):
    nurse.post(CHECK_IN, {"clinician": clinic.physician.pk, "mode": "in-suite"})
    stretch = Presence.objects.get()
    assert (stretch.clinician, stretch.asserted_by) == (clinic.physician, clinic.nurse)
    page = nurse.get(HERE).content.decode()
    assert "Dr Adams <span" in page
    assert "in the suite since" in page
    Presence.objects.update(since="2026-01-01T00:00Z")
    nurse.post(reverse("injections:check_out", args=[stretch.pk]))
    assert "Nobody supervising now" in nurse.get(HERE).content.decode()


def test_a_refused_check_in_says_what_to_choose(nurse):
    answer = nurse.post(CHECK_IN, {"mode": "in-suite"})
    assert answer.status_code == 422
    assert "Choose who is here" in answer.content.decode()


def test_a_nurse_cannot_be_checked_in(nurse, clinic):
    assert nurse.post(CHECK_IN, {"clinician": clinic.nurse.pk, "mode": "in-suite"}).status_code == 422


def test_the_front_desk_reads_and_does_not_write(clinic, as_):
    desk = as_(clinic.front_desk)
    assert desk.get(HERE).status_code == 200
    assert desk.post(CHECK_IN, {"clinician": clinic.physician.pk, "mode": "in-suite"}).status_code == 404
