"""The check digit of an NPI."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from injections.npi import is_npi


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


@pytest.mark.parametrize("text", ["123456789²", "１２３４５６７８９３", "12345678931", ""])
def test_what_only_looks_like_digits_is_no_npi(text):
    assert not is_npi(text)
