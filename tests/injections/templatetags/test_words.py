"""How amounts, days and times read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from injections.quantity import Quantity
from injections.templatetags import charting, words


@pytest.fixture(autouse=True)
def in_chicago():
    with (
        time_machine.travel(datetime(2026, 11, 21, 15, 20, tzinfo=UTC)),
        timezone.override(ZoneInfo("America/Chicago")),
    ):
        yield


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [("1000", "mcg", "1,000\xa0mcg"), ("0.5", "mg", "500\xa0mcg"), ("5.0000", "mg", "5\xa0mg")],
)
def test_an_amount_has_one_form(amount, unit, shown):
    assert words.dose(Decimal(amount), unit) == shown


def test_what_is_missing_is_said():
    assert words.dose(None) == words.day(None) == words.clock(None) == words.born(None) == "Not recorded"


def test_a_quantity_is_shown_as_it_is():
    assert words.dose(Quantity(Decimal(1), "mL")) == "1\xa0mL"


def test_days_carry_their_year_only_when_it_is_another():
    assert words.day(date(2026, 9, 8)) == "8 Sep"
    assert words.day(date(2025, 9, 8)) == "8 Sep 2025"


def test_times_are_those_of_the_practice():
    assert words.clock(datetime(2026, 11, 21, 15, 5, tzinfo=UTC)) == "9:05"
    assert words.day(datetime(2026, 11, 21, 3, 0, tzinfo=UTC)) == "20 Nov"


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(1961, 3, 14), "65 y"),
        (date(2026, 11, 21), "0 weeks"),
        (date(2026, 10, 1), "7 weeks"),
        (date(2025, 11, 22), "11 months"),
        (date(2024, 11, 22), "23 months"),
        (date(2024, 11, 21), "2 y"),
    ],
)
def test_small_children_are_aged_in_weeks_and_months(born, age):
    assert words.age(born) == age


def test_a_sentence_begins_with_a_capital_but_never_a_tall_man_name():
    assert charting.sentence_start("lot A1 expired 1 Nov 2026") == "Lot A1 expired 1 Nov 2026"
    assert charting.sentence_start("cefTRIAXone is in hand") == "cefTRIAXone is in hand"
