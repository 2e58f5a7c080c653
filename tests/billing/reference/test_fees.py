"""What relative values and factors come to, and which locality somebody means."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from billing.reference.fees import NATION, Factors, RelativeValues, amount, find_locality, reckoning

D = Decimal
SHOT = RelativeValues("A", D("0.17"), D("0.28"), None, D("0.01"), D("33.4009"))
ALABAMA = Factors("1011200", "ALABAMA", "AL", D("1.000"), D("0.875"), D("0.566"))
TEXAS = {number: Factors(f"04412{number}", name, "TX") for number, name in (("18", "HOUSTON"), ("99", "REST OF TEXAS"))}
ALL_OF = {f.key: f for f in (ALABAMA, *TEXAS.values())}


def test_the_sum_is_rounded_once_at_the_end() -> None:
    assert amount(SHOT, NATION, facility=False) == D("15.36")  # 0.46 x 33.4009 = 15.3644
    assert amount(SHOT, ALABAMA, facility=False) == D("14.05")  # 0.42066 x 33.4009 = 14.0504
    assert reckoning(SHOT, NATION, facility=False) == "(0.17 + 0.28 + 0.01) x 33.4009"


@pytest.mark.parametrize("status", ["X", "E", "I", "N", "B", "C", "", "?"])
def test_what_the_schedule_does_not_pay_has_no_price(status: str) -> None:
    assert amount(replace(SHOT, status=status), NATION, facility=False) is None


def test_a_place_without_a_price_and_a_sum_of_nothing_are_unknown() -> None:
    assert amount(SHOT, NATION, facility=True) is None
    nothing = RelativeValues("A", D(0), D(0), D(0), D(0), D("33.4009"))
    assert amount(nothing, NATION, facility=False) is None


@pytest.mark.parametrize("said", ["10112-00", "1011200", "10112 00", "AL-00", "al00", "Alabama", "AL"])
def test_a_locality_is_found_as_people_write_it(said: str) -> None:
    assert find_locality(said, ALL_OF) == ALABAMA


@pytest.mark.parametrize("said", ["TX", "Atlantis", "", "00", "99999-99", "\N{ARABIC-INDIC DIGIT ONE}"])
def test_several_or_none_are_no_answer(said: str) -> None:
    assert find_locality(said, ALL_OF) is None
    assert find_locality("Houston", ALL_OF) == TEXAS["18"]
