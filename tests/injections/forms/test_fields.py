"""Fields that several pages share, and the check digit of an NPI."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from injections.forms.fields import DayField, DiagnosesField, KeyField
from injections.forms.order import read_amount
from injections.forms.staff import is_npi
from injections.imports.cells import CellError


@pytest.mark.parametrize("npi", ["1234567893", "1679576722", "1245319599"])
def test_real_shapes_of_npi_pass(npi):
    assert is_npi(npi)


@settings(deadline=None)
@given(st.integers(0, 9), st.integers(0, 9))
def test_any_single_wrong_digit_is_noticed(place, digit):
    npi = list("1234567893")
    changed = npi[place] != str(digit)
    npi[place] = str(digit)
    assert is_npi("".join(npi)) != changed


@settings(deadline=None)
@given(st.text(max_size=12))
def test_anything_else_is_no_npi(text):
    assert is_npi(text) in (True, False)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("e53.8", ["E53.8"]), ("E538, M810", ["E53.8", "M81.0"]), ("I10 I10;Z79899", ["I10", "Z79.899"])],
)
def test_diagnoses_are_read_with_their_points(typed, codes):
    assert DiagnosesField().clean(typed) == codes


@settings(deadline=None)
@given(st.one_of(st.none(), st.text(max_size=50)))
def test_a_key_is_always_a_key(text):
    assert isinstance(KeyField().clean(text), UUID)


def test_a_day_is_shown_as_it_may_be_typed():
    field = DayField()
    day = field.clean("3/14/1961")
    assert field.clean(field.prepare_value(day)) == day


@settings(deadline=None)
@given(st.text(max_size=20))
def test_an_amount_is_digits_or_refused(text):
    try:
        amount = read_amount(text)
    except CellError:
        return
    assert amount > 0
    assert text.replace(",", "").replace(".", "").isascii()
