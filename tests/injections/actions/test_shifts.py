"""Shared devices: who may start a shift, who stands on it, and when it ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from injections.actions import pins, shifts, sign_ins, tries
from injections.actions.errors import NotAllowed, Refused
from injections.models import Pin, SignIn, Staff, Tries
from injections.models.staff import Role
from tests.entering import PIN, with_pin
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def fully(person):
    return sign_ins.begin(staff=person, how=SignIn.How.FULL)


@pytest.fixture
def nurse():
    return StaffFactory()


@pytest.fixture
def shift(nurse):
    return shifts.start(by=nurse, sign_in=fully(nurse))[0]


def test_a_shift_begins_with_a_full_sign_in_only(nurse):
    for how in (None, sign_ins.begin(staff=nurse, how=SignIn.How.PASSWORD), fully(StaffFactory())):
        with pytest.raises(Refused, match="password and phone"):
            shifts.start(by=nurse, sign_in=how)
    begun, key = shifts.start(by=nurse, sign_in=fully(nurse))
    assert shifts.open_shift(key) == begun
    assert key not in begun.key_hash
    assert shifts.open_shift(key + "x") is None
    assert shifts.open_shift("") is None


def test_billers_share_no_device():
    biller = StaffFactory(role=Role.BILLER)
    with pytest.raises(NotAllowed):
        shifts.start(by=biller, sign_in=fully(biller))


def test_a_shift_ends_by_the_clock(nurse):
    now = timezone.now()
    _, key = shifts.start(by=nurse, sign_in=fully(nurse), now=now)
    hours = nurse.practice.shift_hours
    assert shifts.open_shift(key, now + timedelta(hours=hours, seconds=-1))
    assert shifts.open_shift(key, now + timedelta(hours=hours)) is None


def test_the_team_are_colleagues_with_a_pin(nurse, shift):
    mine = with_pin(StaffFactory(practice=nurse.practice))
    with_pin(StaffFactory())
    StaffFactory(practice=nurse.practice)
    gone = with_pin(StaffFactory(practice=nurse.practice))
    Staff.objects.filter(pk=gone.pk).update(is_active=False)
    manager = StaffFactory(practice=nurse.practice, role=Role.MANAGER)
    Pin.objects.create(staff=manager, secret="x", set_at=timezone.now())
    given = with_pin(StaffFactory(practice=nurse.practice))
    Staff.objects.filter(pk=given.pk).update(password_is_given=True)
    assert list(shifts.team(shift)) == [mine]


def test_ending_a_shift_signs_out_who_came_by_pin(nurse, shift):
    inside = sign_ins.begin(staff=nurse, how=SignIn.How.PIN, shift=shift)
    shifts.end(shift=shift)
    inside.refresh_from_db()
    assert inside.ended_at is not None


def test_a_pin_is_set_by_oneself_after_a_full_sign_in(nurse, shift):
    for entered in (None, sign_ins.begin(staff=nurse, how=SignIn.How.PIN, shift=shift), fully(StaffFactory())):
        with pytest.raises(Refused, match="password and phone"):
            pins.set_own(by=nurse, pin=PIN, sign_in=entered)
    with pytest.raises(Refused) as weak:
        pins.set_own(by=nurse, pin="1234", sign_in=fully(nurse))
    assert "pin" in weak.value.errors
    assert PIN not in pins.set_own(by=nurse, pin=PIN, sign_in=fully(nurse)).secret
    assert pins.check(staff=nurse, pin=PIN) == ""


def test_five_wrong_pins_wait_for_a_full_sign_in(nurse):
    with_pin(nurse)
    said = [pins.check(staff=nurse, pin="0000") for _ in range(5)]
    assert "1 try left" in said[3]
    assert "locked" in said[4]
    assert "locked" in pins.check(staff=nurse, pin=PIN)
    later = timezone.now() + timedelta(days=300)
    assert "locked" in pins.check(staff=nurse, pin=PIN, now=later)
    fully(nurse)
    assert pins.check(staff=nurse, pin=PIN) == ""


def test_a_right_one_starts_the_count_anew(nurse):
    with_pin(nurse)
    for _ in range(3):
        for _ in range(4):
            pins.check(staff=nurse, pin="0000")
        assert pins.check(staff=nurse, pin=PIN) == ""
    assert not tries.is_blocked(nurse, Tries.Kind.PIN)


def test_an_administrator_takes_a_pin_back_and_reads_none(nurse):
    with_pin(nurse)
    with pytest.raises(NotAllowed):
        pins.reset(staff=nurse, by=StaffFactory(practice=nurse.practice))
    with pytest.raises(NotAllowed):
        pins.reset(staff=nurse, by=StaffFactory(role=Role.ADMINISTRATOR))
    pins.reset(staff=nurse, by=StaffFactory(role=Role.ADMINISTRATOR, practice=nurse.practice))
    assert not Pin.objects.filter(staff=nurse).exists()
