"""Whoever left, moved or was signed out has no access from the next request on."""

import time

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from injections.actions import second_factor, shifts, sign_ins, staff
from injections.models import SignIn, Staff
from injections.models.staff import Role
from tests.entering import PIN, enrolled, with_pin
from tests.factories import PracticeFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db):
    return StaffFactory(role=Role.ADMINISTRATOR)


@pytest.fixture
def nurse(boss, client):
    person = enrolled("kim", practice=boss.practice)
    client.force_login(person)
    assert client.get(reverse("injections:patients")).status_code == 200
    return person


def removed(nurse, boss):
    staff.deactivate(staff=nurse, by=boss)


def signed_out(nurse, boss):
    assert staff.sign_out(staff=nurse, by=boss) == 1


def given_a_new_password(nurse, boss):
    staff.set_password(staff=nurse, password="eleven otters paint a barn", by=boss)


def reset(nurse, boss):
    second_factor.reset(staff=nurse, by=boss)


def erased(nurse, boss):
    SignIn.objects.filter(staff=nurse).delete()


@pytest.mark.parametrize("happens", [removed, signed_out, given_a_new_password, reset, erased])
def test_promise_26_the_next_request_is_refused(nurse, boss, client, happens, record_property):
    happens(nurse, boss)
    began = time.perf_counter()
    page = client.get(reverse("injections:patients"))
    took = time.perf_counter() - began
    assert page.status_code == 302
    assert page.headers["Location"].startswith(reverse("account_login"))
    assert took < 1
    record_property("figure", f"refused at the next request, within {max(took, 0.1):.1f} s")


@pytest.mark.parametrize("happens", [removed, signed_out, given_a_new_password, reset, erased])
def test_promise_26_fragments_files_and_forms_too(nurse, boss, client, happens):
    happens(nurse, boss)
    assert client.get(reverse("injections:patients"), headers={"HX-Request": "true"}).status_code == 401
    assert client.get(reverse("injections:sample_schedule")).status_code == 302
    assert client.post(reverse("injections:patient_new"), {"family_name": "X"}).status_code == 401
    assert client.post(reverse("injections:stay")).status_code == 401


def test_promise_26_another_role_is_another_persons_work_at_once(nurse, client):
    Staff.objects.filter(pk=nurse.pk).update(role=Role.BILLER)
    assert client.get(reverse("injections:today")).status_code == 404


@pytest.mark.parametrize("ending", ["the shift", "the person", "who began it"])
def test_promise_26_nobody_stays_on_a_shared_device(boss, client, ending):
    starter = enrolled("starter", practice=boss.practice)
    nurse = with_pin(enrolled("kim", practice=boss.practice))
    shift, key = shifts.start(by=starter, sign_in=sign_ins.begin(staff=starter, how=SignIn.How.FULL))
    client.cookies["shift"] = client.cookies["__Host-shift"] = key
    entered = client.post(reverse("injections:shift_enter"), {"who": "kim", "pin": PIN})
    assert entered.headers["Location"] == reverse("injections:home")
    assert client.get(reverse("injections:patients")).status_code == 200
    if ending == "the shift":
        shifts.end(shift=shift)
    else:
        staff.deactivate(staff=nurse if ending == "the person" else starter, by=boss)
    if ending == "who began it":
        client.post(reverse("account_logout"))
    assert client.get(reverse("injections:patients")).status_code == 302
    again = client.post(reverse("injections:shift_enter"), {"who": "kim", "pin": PIN})
    assert again.status_code in (302, 422)
    assert client.get(reverse("injections:patients")).status_code == 302


def test_promise_26_five_wrong_pins_ask_for_the_full_sign_in(boss, client):
    nurse = with_pin(enrolled("kim", practice=boss.practice))
    _, key = shifts.start(by=nurse, sign_in=sign_ins.begin(staff=nurse, how=SignIn.How.FULL))
    client.cookies["shift"] = client.cookies["__Host-shift"] = key
    enter = reverse("injections:shift_enter")
    said = [client.post(enter, {"who": "kim", "pin": "1111"}).content.decode() for _ in range(5)]
    assert "1 try left" in said[3]
    assert "this PIN is locked" in said[4]
    assert client.post(enter, {"who": "kim", "pin": PIN}).status_code == 422
    client.force_login(nurse)
    sign_ins.completed(sign_in=SignIn.objects.latest("pk"))
    client.post(reverse("account_logout"))
    assert client.post(enter, {"who": "kim", "pin": PIN}).status_code == 302


def test_promise_26_nobody_takes_an_account_to_another_practice(nurse, record_property):
    other = PracticeFactory()
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Staff.objects.filter(pk=nurse.pk).update(practice=other)
    record_property("figure", "the database refuses to move an account")
