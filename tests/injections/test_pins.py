"""What a PIN may be."""

import pytest

from injections.pins import weakness

WEAK = "1234 4321 0000 1111 1122 2580 1212 123123 121212 777777 1990 2026 123456 654321 0123 9876 12 1234567 12a4 १२३४"


@pytest.mark.parametrize("pin", [*WEAK.split(), "", "12 4", "-123"])
def test_one_that_somebody_would_try_first_is_refused(pin):
    assert weakness(pin)


@pytest.mark.parametrize("pin", ["4917", "80352", "739140"])
def test_another_is_taken(pin):
    assert weakness(pin) == ""
