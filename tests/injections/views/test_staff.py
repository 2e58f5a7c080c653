"""The administrator's page."""

import pytest
from django.test import Client
from django.urls import reverse

from injections.models import Staff
from injections.models.staff import Role
from tests.factories import LocationFactory

pytestmark = pytest.mark.django_db

NEW = {
    "given_name": "Kim",
    "family_name": "Ito",
    "role": "nurse",
    "credential": "RN",
    "username": "Kim.Ito",
    "email": "",
}


def at(name, *args):
    return reverse(f"injections:{name}", args=args)


@pytest.fixture
def admin(clinic, as_):
    return as_(clinic.administrator)


def test_a_colleague_is_added_with_a_password_that_is_shown_once(clinic, admin):
    answer = admin.post(at("staff_new"), NEW | {"location": clinic.location.pk})
    password = answer.context["password"]
    person = Staff.objects.get(username="kim.ito")
    assert (person.practice, person.location, person.role) == (clinic.practice, clinic.location, Role.NURSE)
    assert person.check_password(password)
    assert password in answer.content.decode()
    assert password not in admin.get(at("staff")).content.decode()
    assert Client().login(username="kim.ito", password=password)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"username": ""}, "username"),
        ({"username": "k i"}, "username"),
        ({"username": "<script>"}, "username"),
        ({"role": "owner"}, "role"),
        ({"role": ""}, "role"),
        ({"credential": ""}, "credential"),
        ({"npi": "1234567890"}, "npi"),
        ({"npi": "12345"}, "npi"),
        ({"npi": "١٢٣٤٥٦٧٨٩٣"}, "npi"),
        ({"role": "physician", "credential": "MD"}, "npi"),
        ({"email": "nobody"}, "email"),
        ({"location": "999999999"}, "location"),
    ],
)
def test_a_refused_colleague_keeps_what_was_typed(admin, changes, field):
    answer = admin.post(at("staff_new"), NEW | changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Staff.objects.filter(family_name="Ito").exists()
    for name, text in (NEW | changes).items():
        assert answer.context["form"][name].value() == text


def test_a_name_is_taken_whatever_its_case(clinic, admin):
    admin.post(at("staff_new"), NEW)
    assert "username" in admin.post(at("staff_new"), NEW | {"username": "KIM.ITO"}).context["form"].errors


def test_another_practices_location_cannot_be_chosen(admin):
    assert "location" in admin.post(at("staff_new"), NEW | {"location": LocationFactory().pk}).context["form"].errors


def test_a_new_password_ends_the_old_one(clinic, admin):
    first = admin.post(at("staff_password", clinic.nurse.pk)).context["password"]
    second = admin.post(at("staff_password", clinic.nurse.pk)).context["password"]
    clinic.nurse.refresh_from_db()
    assert first != second
    assert clinic.nurse.check_password(second)


def test_who_is_deactivated_is_out_at_once_and_may_come_back(clinic, as_, admin, nurse):
    admin.post(at("staff_deactivate", clinic.nurse.pk))
    assert nurse.get(at("patients")).status_code == 302
    admin.post(at("staff_activate", clinic.nurse.pk))
    assert as_(Staff.objects.get(pk=clinic.nurse.pk)).get(at("patients")).status_code == 200


def test_nobody_locks_themselves_out(clinic, admin):
    admin.post(at("staff_deactivate", clinic.administrator.pk))
    clinic.administrator.refresh_from_db()
    assert clinic.administrator.is_active
