"""Where each role starts, and what the frame offers them."""

import pytest
from django.urls import reverse

from injections.models.staff import Role
from injections.policy import may
from injections.urls import charting
from tests.factories import AppointmentFactory, charted_draft, signed_dose

pytestmark = pytest.mark.django_db
STARTS = {
    Role.FRONT_DESK: "injections:today",
    Role.NURSE: "injections:today",
    Role.MEDICAL_ASSISTANT: "injections:today",
    Role.PHYSICIAN: "injections:cosign",
    Role.BILLER: "billing:reviews",
    Role.MANAGER: "billing:reviews",
    Role.ADMINISTRATOR: "injections:staff",
}


@pytest.mark.parametrize("role", list(Role))
def test_home_is_the_queue_of_the_role(clinic, as_, role):
    person = getattr(clinic, role.name.lower())
    assert as_(person).get(reverse("injections:home")).url == reverse(STARTS[role])


def test_a_stranger_is_asked_to_sign_in(client):
    assert "/accounts/login/" in client.get(reverse("injections:today")).url


@pytest.mark.parametrize("role", list(Role))
def test_the_bar_offers_only_what_the_role_may_see(clinic, as_, role):
    person = getattr(clinic, role.name.lower())
    page = as_(person).get("/nowhere/").content.decode()
    assert (">Stock</a>" in page) is may(person, "stock.see")
    assert (">Staff</a>" in page) is may(person, "staff.write")


ABOUT = {"open": "appointment", "chart": "encounter", "another_dose": "encounter", "note": "encounter"}
ABOUT |= dict.fromkeys(("draft_save", "draft_discard", "draft_take_over", "sign"), "draft")
ABOUT |= dict.fromkeys(("undo", "correct", "withdraw"), "dose")


@pytest.mark.parametrize("role", list(Role))
def test_every_charting_page_answers_only_to_the_roles_of_the_policy(clinic, as_, role):
    person = getattr(clinic, role.name.lower())
    foreign, booked, dose = charted_draft(), AppointmentFactory(), signed_dose()
    ids = {"appointment": booked.pk, "encounter": foreign.encounter_id, "draft": foreign.pk, "dose": dose.pk}
    browser = as_(person)
    for url in charting:
        words = {"pk": ids.get(ABOUT.get(url.name, ""), 0)} if "<int:pk>" in str(url.pattern) else {}
        for send in (browser.get, browser.post):
            answer = send(reverse(f"injections:{url.name}", kwargs=words))
            if words or not may(person, url.callback.permission):
                assert answer.status_code in (404, 405), url.name


def test_the_bar_marks_the_narrowest_place(clinic, as_):
    page = as_(clinic.biller).get(reverse("billing:rulebook")).content.decode()
    assert f'href="{reverse("billing:reviews")}" aria-current' not in page
    assert f'href="{reverse("billing:rulebook")}" aria-current="page"' in page


@pytest.mark.parametrize("name", ["recalls", "excursions", "incidents", "stock_receive"])
def test_the_pages_of_the_stock_are_marked_as_stock(clinic, as_, name):
    page = as_(clinic.nurse).get(reverse(f"injections:{name}")).content.decode()
    assert f'href="{reverse("injections:stock")}" aria-current="page"' in page
