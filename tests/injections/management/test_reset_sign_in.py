"""The console's way back in for the last administrator."""

import io

import pytest
from django.core.management import CommandError, call_command

from injections.actions import second_factor
from tests.entering import enrolled

pytestmark = pytest.mark.django_db


def test_an_administrator_gets_a_code(capsys):
    boss = enrolled("boss", role="administrator")
    out = io.StringIO()
    call_command("reset_sign_in", "Boss", stdout=out, stderr=io.StringIO())
    boss.refresh_from_db()
    assert not second_factor.exists(boss)
    assert second_factor.check_enrolment_code(staff=boss, code=out.getvalue()) == ""


def test_others_are_helped_by_their_administrator():
    enrolled("kim")
    with pytest.raises(CommandError, match="no active administrator"):
        call_command("reset_sign_in", "kim")
