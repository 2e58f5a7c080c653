"""Amounts: exact, never converted where that is not true, and shown in one way that cannot be misread."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from injections.quantity import (
    UNITS,
    Concentration,
    Dimension,
    DimensionError,
    Quantity,
    QuantityError,
    format_dose,
    plain,
)
from tests.injections.strategies import AMOUNTS, QUANTITIES

POSITIVE = QUANTITIES.filter(lambda amount: amount.amount > 0)
MASS_UNITS = [unit for unit, (dimension, _) in UNITS.items() if dimension is Dimension.MASS]
MASSES = st.builds(Quantity, AMOUNTS, st.sampled_from(MASS_UNITS))


def same_dimension():
    """Two amounts that measure the same."""
    groups = [[unit for unit, (of, _) in UNITS.items() if of is dimension] for dimension in Dimension]
    alike = [st.builds(Quantity, AMOUNTS, st.sampled_from(units)) for units in groups]
    return st.sampled_from(alike).flatmap(lambda amounts: st.tuples(amounts, amounts))


@given(QUANTITIES)
def test_plain_text_is_read_back(amount):
    again = Quantity.parse(str(amount))
    assert again == amount
    assert again.unit == amount.unit


@given(QUANTITIES)
def test_what_a_field_holds_means_the_same_amount_in_the_same_unit(amount):
    assert amount.is_said_by(amount.written)
    assert Quantity.parse(amount.written).unit == amount.unit


def test_an_amount_is_the_same_with_and_without_its_comma():
    dose = Quantity.parse("1000 mcg")
    assert dose.written == "1,000 mcg"
    told = ("1000 mcg", "1,000 mcg", "1 mg", "100 mcg", "1 mL", "much")
    assert [text for text in told if dose.is_said_by(text)] == ["1000 mcg", "1,000 mcg", "1 mg"]


@given(QUANTITIES)
def test_what_is_shown_is_read_back(amount):
    assert Quantity.parse(format_dose(amount)) == amount


@given(st.builds(Quantity, st.decimals(0, 10**6, places=12, allow_nan=False, allow_infinity=False), st.just("mL")))
def test_a_worked_out_amount_is_read_back_too(amount):
    assert Quantity.parse(str(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("1,000 mcg", "1000", "mcg"),
        ("1000mcg", "1000", "mcg"),
        ("0.5 ML", "0.5", "mL"),
        ("1.2 million units", "1200000", "units"),
        ("2,400,000 IU", "2400000", "units"),
        ("500 µg", "500", "mcg"),
        ("500 μg", "500", "mcg"),
        ("1 g", "1", "g"),
        ("1 GM", "1", "g"),
        ("3 cc", "3", "mL"),
        ("1 implant", "1", "dose"),
        ("1 amp", "1", "dose"),
        ("½ mL", "0.5", "mL"),
        ("1½ mL", "1.5", "mL"),
        ("1 1/2 cc", "1.5", "mL"),
        ("1/2 cc", "0.5", "mL"),
        ("1/4 mg", "0.25", "mg"),
        (" 10\u00a0mg ", "10", "mg"),
    ],
)
def test_usual_spellings_are_read(text, amount, unit):
    assert Quantity.parse(text) == Quantity(Decimal(amount), unit)
    assert Quantity.parse(text).unit == unit


@pytest.mark.parametrize(
    "text",
    ["", "mg", "10", "10 mgg", "-1 mg", "+1 mg", "1e3 mg", ".5 mg", "1. mg", "1 mg 2", "NaN mg", "1 2 mg",
     "1/3 mg", "2/2 mg", "1/0 mg", "⅓ mL",
     "٥ mg", "1mg\nx", "0,500 mg", "1234,567 mg", "1,00 mg", "1,0000 mg", "1,000,00 mg"],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(QuantityError):
        Quantity.parse(text)


@given(st.text(max_size=30) | st.from_regex(r"[0-9,.]{1,15} ?[a-zA-Z ]{1,8}", fullmatch=True))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(QuantityError):
        assert Quantity.parse(text).amount >= 0


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "sNaN"])
def test_only_amounts_are_amounts(amount):
    with pytest.raises(QuantityError):
        Quantity(Decimal(amount), "mg")


def test_only_known_units():
    with pytest.raises(QuantityError):
        Quantity(Decimal(1), "cc")


@given(same_dimension())
def test_what_is_added_can_be_taken_away(pair):
    one, other = pair
    assert (one + other) - other == one
    assert one + other == other + one


@given(same_dimension())
def test_comparison_is_one_order(pair):
    one, other = pair
    assert (one < other) + (one == other) + (one > other) == 1
    assert (one <= other) == (not other < one)
    if one == other:
        assert hash(one) == hash(other)


@given(QUANTITIES, st.sampled_from(sorted(UNITS)))
def test_units_convert_inside_their_dimension_only(amount, unit):
    if UNITS[unit][0] is amount.dimension:
        assert amount.to(unit) == amount
        assert amount.to(unit).unit == unit
    else:
        with pytest.raises(DimensionError):
            amount.to(unit)


@given(QUANTITIES, QUANTITIES)
def test_different_dimensions_never_meet(one, other):
    assume(one.dimension is not other.dimension)
    assert one != other
    for meet in (lambda: one + other, lambda: one - other, lambda: one < other, lambda: one.over(other)):
        with pytest.raises(DimensionError):
            meet()


def test_taking_more_than_there_is_is_refused():
    with pytest.raises(QuantityError):
        Quantity.parse("1 mg") - Quantity.parse("1001 mcg")


def test_zero_is_an_amount():
    assert Quantity.parse("0 mg")


@given(POSITIVE, st.integers(1, 1000))
def test_division_is_exact(amount, times):
    assert amount.times(times).over(amount) == times
    assert Quantity(Decimal(1), "mg").over(Quantity(Decimal(3), "mg")) == Fraction(1, 3)


@given(POSITIVE.filter(lambda a: a.dimension is Dimension.MASS), st.integers(1, 100))
def test_a_concentration_joins_liquid_and_drug(drug, volumes):
    label = Concentration(drug, Quantity(Decimal(1), "mL"))
    volume = Quantity(Decimal(volumes), "mL")
    assert label.drug_in(volume) == drug.times(volumes)
    assert label.volume_of(label.drug_in(volume)) == volume


def test_a_concentration_joins_nothing_else():
    label = Concentration(Quantity.parse("40 mg"), Quantity.parse("1 mL"))
    with pytest.raises(DimensionError):
        label.drug_in(Quantity.parse("40 mg"))
    with pytest.raises(DimensionError):
        label.volume_of(Quantity.parse("40 units"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1000 mcg", "1,000\u00a0mcg"),
        ("5.0 mg", "5\u00a0mg"),
        ("0.5 mg", "500\u00a0mcg"),
        ("0.5 mL", "0.5\u00a0mL"),
        ("0.25 g", "250\u00a0mg"),
        ("0.0005 g", "500\u00a0mcg"),
        ("2400000 units", "2,400,000\u00a0units"),
        ("1 units", "1\u00a0unit"),
        ("1 dose", "1\u00a0dose"),
        ("2 dose", "2\u00a0doses"),
        ("0 mg", "0\u00a0mg"),
        ("100 mg", "100\u00a0mg"),
        ("0.1 mcg", "0.1\u00a0mcg"),
    ],
)
def test_amounts_are_shown_so_that_they_cannot_be_misread(text, shown):
    assert format_dose(Quantity.parse(text)) == shown


@given(QUANTITIES)
def test_the_rules_of_safe_writing_hold_for_every_amount(amount):
    shown = format_dose(amount)
    number, unit = shown.split("\u00a0")
    assert not number.startswith(".")
    assert "E" not in number
    if "." in number:
        assert not number.endswith("0")
        assert not number.endswith(".")
    assert unit in {*UNITS, "unit", "doses"}


@given(MASSES)
def test_a_mass_is_never_shown_as_a_fraction_of_a_larger_unit(amount):
    number, unit = format_dose(amount).split("\u00a0")
    assert not (number.startswith("0.") and unit in ("g", "mg"))


@given(AMOUNTS)
def test_plain_numbers_keep_their_value(amount):
    assert Decimal(plain(amount)) == amount
