"""Passwords from lists of stolen ones are refused, also dressed up; others are not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from config.passwords import LONG_ONES, breached, is_breached


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "Password1234!",
        "P@ssw0rd2024!!",
        "dragondragon",
        "qwertyuiop12",
        "Monkey-2024-2024",
        "aaaabbbbaaaa",
        "1234567890ab",
        "elephantelephant99",
        "zyxwvutsrqponm",
        "HOSPITAL2025!",
    ],
)
def test_a_stolen_one_is_refused(password):
    with pytest.raises(ValidationError, match="stolen passwords"):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["otters paint the fence", "river lamp seven cloud", "k7wd-m2pq-xh9t-rv4c", "tangerine-wagon"]
)
def test_another_is_taken(password):
    validate_password(password)


def test_the_list_is_read_and_says_where_it_is_from():
    assert len(breached()) > 19_000
    lines = LONG_ONES.read_text().splitlines()
    assert lines[0].startswith("# ")
    own = [line for line in lines if not line.startswith("#")]
    assert len(own) == len(set(own)) > 200
    assert all(len(line) >= 12 or len(line) == 11 for line in own), "shorter ones are Django's"
    assert all(is_breached(line) for line in own)
