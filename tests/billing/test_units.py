"""Billing units: exact, whole, and never a guess."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.outcomes import Kind
from billing.units import Coded, Unclear, coded, whole
from injections.quantity import Quantity, plain
from tests.builders import DAY, amount, bill, dose, lines, product, vial, visit

UNITS_BY_HAND = [
    ("ketorolac", "60 mg", "J1885", 4),
    ("ketorolac", "20 mg", "J1885", 2),
    ("ceftriaxone", "1 g", "J0696", 4),
    ("ceftriaxone", "251 mg", "J0696", 2),
    ("cyanocobalamin", "1000 mcg", "J3420", 1),
    ("cyanocobalamin", "500 mcg", "J3420", 1),
    ("methylprednisolone-acetate", "80 mg", "J1010", 80),
    ("enoxaparin", "40 mg", "J1650", 4),
    ("omalizumab", "300 mg", "J2357", 60),
    ("triamcinolone", "40 mg", "J3301", 4),
    ("hydromorphone", "1 mg", "J1171", 10),
    ("naloxone", "0.4 mg", "J2312", 40),
    ("epinephrine", "0.3 mg", "J0165", 3),
    ("penicillin-g-benzathine", "2400000 units", "J0561", 24),
    ("darbepoetin-alfa", "60 mcg", "J0881", 60),
    ("pegfilgrastim", "6 mg", "J2506", 12),
    ("romosozumab", "210 mg", "J3111", 210),
    ("promethazine", "12.5 mg", "J2550", 1),
    ("methotrexate", "25 mg", "J9260", 1),
    ("buprenorphine-er-sublocade", "100 mg", "Q9991", 1),
    ("buprenorphine-er-sublocade", "300 mg", "Q9992", 1),
    ("nirsevimab", "50 mg", "90380", 1),
    ("nirsevimab", "100 mg", "90381", 1),
    ("betamethasone", "12 mg", "J0702", 2),
    ("insulin", "10 units", "J1815", 2),
]


@pytest.mark.parametrize(("key", "given_", "code", "units"), UNITS_BY_HAND)
def test_units_as_a_coder_counts_them(key: str, given_: str, code: str, units: int) -> None:
    found = coded(product(key), dose(key, given_), DAY, "commercial")
    assert isinstance(found, Coded)
    assert (found.coding.code, found.units) == (code, units)


@pytest.mark.parametrize(
    ("given_", "code", "units"), [("80 mg", "J1040", 1), ("120 mg", "J1030", 3), ("20 mg", "J1020", 1)]
)
def test_least_overshoot_then_fewest_units(given_: str, code: str, units: int) -> None:
    found = coded(
        product("methylprednisolone-acetate"), dose("methylprednisolone-acetate", given_), date(2023, 5, 2), "medicare"
    )
    assert isinstance(found, Coded)
    assert (found.coding.code, found.units) == (code, units)


def test_a_volume_goes_through_the_label_only() -> None:
    drawn = dose("ketorolac", "1 mL", package=vial("30 mg", volume="1 mL"))
    assert lines(bill(drawn)) == ["96372 x1", "J1885 x2"]


@pytest.mark.parametrize("given_", ["1 mL", "30 units", "5 mEq"])
def test_another_measure_is_asked_about_and_never_guessed(given_: str) -> None:
    found = coded(product("ketorolac"), dose("ketorolac", given_), DAY, "commercial")
    assert isinstance(found, Unclear)
    case = bill(dose("ketorolac", given_))
    assert not case.of(Kind.DRUG)
    assert [f.fields for f in case.findings if f.rule == "drug.units_unclear"] == [(found.field,)]


def test_no_dose_no_unit() -> None:
    assert not bill(dose("ketorolac", None)).of(Kind.DRUG)


quantities = st.decimals("0.001", "5000", places=3).map(lambda number: Quantity(number, "mg"))


@given(quantities)
def test_units_are_never_below_the_quotient_and_never_a_unit_above(amount_: Quantity) -> None:
    found = coded(product("ketorolac"), dose("ketorolac", None, dose=amount_), DAY, "commercial")
    assert isinstance(found, Coded)
    assert found.quotient <= found.units < found.quotient + 1


@given(st.fractions(min_value=0, max_value=1000))
def test_any_started_unit_counts(quotient: Fraction) -> None:
    assert whole(quotient) == ceil(quotient)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 400), st.integers(0, 400))
def test_given_and_wasted_units_never_exceed_the_label(given_: int, more: int) -> None:
    held = given_ + more
    shot = dose(
        "triamcinolone",
        f"{given_} mg",
        package=vial(f"{held} mg"),
        discarded=amount(f"{more} mg"),
    )
    case = bill(visit(shot), "medicare")
    units = {kind: sum(c.units for c in case.of(kind)) for kind in (Kind.DRUG, Kind.WASTE)}
    assert units[Kind.DRUG] == ceil(Fraction(given_, 10))
    assert units[Kind.DRUG] + units[Kind.WASTE] == max(units[Kind.DRUG], held // 10)
    modifiers = {m for c in case.charges for m in c.modifiers}
    assert modifiers & {"JW", "JZ"} == ({"JW"} if units[Kind.WASTE] else {"JZ"})


def test_plain_numbers_show_no_exponent() -> None:
    assert plain(amount("1000 mcg").amount) == "1000"
