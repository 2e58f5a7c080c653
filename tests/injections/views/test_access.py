"""A person's own sign-in, and how an administrator helps."""

import pytest
from django.urls import reverse

from injections.models import Pin, SignIn, Staff, Tries
from tests.entering import PASSWORD, PIN, with_pin

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"injections:{name}", args=args)


@pytest.fixture
def admin(clinic, as_):
    return as_(clinic.administrator)


def test_everybody_sees_their_own_sign_in(clinic, as_):
    for person in (clinic.nurse, clinic.biller, clinic.administrator):
        assert person.username in as_(person).get(at("own")).content.decode()


def test_a_pin_is_set_with_the_password_once_more(clinic, nurse):
    form = {"pin": PIN, "again": PIN, "password": "not mine at all"}
    answer = nurse.post(at("own_pin"), form)
    assert answer.status_code == 422
    assert "This is not your password" in answer.content.decode()
    assert not Pin.objects.exists()
    assert nurse.post(at("own_pin"), form | {"password": PASSWORD}).status_code == 302
    assert Pin.objects.get().staff == clinic.nurse


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"pin": "1234", "again": "1234"}, "pin"), ({"again": "4918"}, "again"), ({"pin": "", "again": ""}, "pin")],
)
def test_a_refused_pin_says_why_and_is_not_shown_again(nurse, changes, field):
    answer = nurse.post(at("own_pin"), {"pin": PIN, "again": PIN, "password": PASSWORD} | changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert f'value="{PIN}"' not in answer.content.decode()


def test_who_came_by_pin_sets_none(clinic, nurse):
    SignIn.objects.update(how=SignIn.How.PASSWORD)
    assert nurse.post(at("own_pin"), {"pin": PIN, "again": PIN, "password": PASSWORD}).status_code == 302
    assert not Pin.objects.exists()


def test_a_badge_tells_who_and_proves_nothing(clinic, admin, as_, client):
    with_pin(clinic.nurse)
    admin.post(at("staff_access", clinic.nurse.pk), {"badge": "B-00417"})
    taken = admin.post(at("staff_access", clinic.physician.pk), {"badge": "b-00417"})
    assert taken.status_code == 422
    assert f"This is the badge of {clinic.nurse.full_name}" in taken.content.decode()
    browser = as_(clinic.nurse)
    browser.post(at("shift_start"))
    browser.post(reverse("account_logout"))
    assert "PIN" in browser.post(at("shift_enter"), {"badge": "b-00417"}).content.decode()
    assert browser.get(at("patients")).headers["Location"] == at("shift")
    assert browser.post(at("shift_enter"), {"badge": "B-99999"}).status_code == 422
    assert browser.post(at("shift_enter"), {"who": clinic.nurse.username, "pin": PIN}).status_code == 302
    assert browser.get(at("patients")).status_code == 200
    assert SignIn.objects.latest("pk").how == SignIn.How.PIN


def test_a_lost_phone_is_replaced_with_a_code_shown_once(clinic, admin, as_):
    nurse = as_(clinic.nurse)
    answer = admin.post(at("staff_phone", clinic.nurse.pk))
    code = answer.context["code"]
    assert code in answer.content.decode()
    clinic.nurse.refresh_from_db()
    assert code not in clinic.nurse.enrolment_code
    assert nurse.get(at("patients")).status_code == 302


def test_a_pin_is_taken_back_and_screens_are_signed_out(clinic, admin, as_):
    with_pin(clinic.nurse)
    admin.post(at("staff_pin", clinic.nurse.pk))
    assert not Pin.objects.exists()
    nurse = as_(clinic.nurse)
    said = admin.post(at("staff_sign_out", clinic.nurse.pk), follow=True).content.decode()
    assert "is signed out of 1 screen." in said
    assert nurse.get(at("patients")).status_code == 302


def test_a_given_password_is_known_to_be_given(clinic, admin):
    admin.post(at("staff_password", clinic.nurse.pk))
    assert Staff.objects.get(pk=clinic.nurse.pk).password_is_given


def test_a_shift_is_ended_by_anybody_at_the_device(clinic, as_):
    browser = as_(clinic.nurse)
    browser.post(at("shift_start"))
    browser.post(reverse("account_logout"))
    assert browser.get(at("shift")).status_code == 200
    browser.post(at("shift_end"))
    assert browser.get(at("shift")).headers["Location"] == reverse("account_login")
    assert not Tries.objects.filter(failures__gt=0).exists()
