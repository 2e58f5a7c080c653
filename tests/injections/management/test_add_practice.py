"""`manage.py add_practice`: a new installation gets its first person who can sign in."""

import pytest
from django.core.management import CommandError, call_command

from injections.models import Practice, Staff

pytestmark = pytest.mark.django_db

GOOD = {"time_zone": "America/Chicago", "state": "il", "administrator": "Kim", "family_name": "Novak"}


@pytest.fixture
def typed(monkeypatch):
    def say(password):
        monkeypatch.setattr("builtins.input", lambda: password)

    say("plum-orchard-kettle-41")
    return say


def test_administrator_can_sign_in_afterwards(typed, client):
    call_command("add_practice", "Riverbend Clinic", **GOOD)
    person = Staff.objects.get(username="kim")
    assert (person.role, person.practice.name, person.location.state) == ("administrator", "Riverbend Clinic", "IL")
    assert person.check_password("plum-orchard-kettle-41")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"time_zone": "Chicago"}, "not a time zone"),
        ({"state": "Illinois"}, "two letters"),
    ],
)
def test_mistake_is_refused_and_nothing_is_added(typed, wrong, says):
    with pytest.raises(CommandError, match=says):
        call_command("add_practice", "Riverbend Clinic", **GOOD | wrong)
    assert not Practice.objects.filter(name="Riverbend Clinic").exists()


def test_weak_password_is_refused(typed):
    typed("password")
    with pytest.raises(CommandError, match="too"):
        call_command("add_practice", "Riverbend Clinic", **GOOD)
    assert not Staff.objects.filter(username="kim").exists()


def test_name_already_taken_is_refused_whatever_its_case(typed):
    call_command("add_practice", "Riverbend Clinic", **GOOD)
    with pytest.raises(CommandError, match="already signs in"):
        call_command("add_practice", "Second Clinic", **GOOD | {"administrator": "KIM"})
