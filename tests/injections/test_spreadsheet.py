import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from injections import spreadsheet


def read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "\u3000="])
def test_text_that_could_start_a_formula_is_defused(start):
    assert spreadsheet.cell(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("number", ["-5", "-12.50", "0", "15.36"])
def test_a_number_stays_a_number(number):
    assert spreadsheet.cell(number) == number
    assert spreadsheet.cell(Decimal(number)) == number


def test_a_number_in_other_digits_is_text_and_a_minus_before_it_is_defused():
    assert spreadsheet.cell("-١٢").startswith("'")


@pytest.mark.parametrize("code", ["004417", "00517003125", "0.50"])
def test_leading_and_trailing_zeros_are_kept(code):
    assert spreadsheet.cell(code) == code


def test_absent_values_are_empty_and_days_are_iso():
    assert spreadsheet.written(["a", "b"], [[None, date(2026, 10, 6)]]) == "a,b\r\n,2026-10-06\r\n"


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3)))
def test_every_text_comes_back_whole_and_none_starts_a_formula(rows):
    back = read(spreadsheet.written(["a", "b", "c"], rows))[1:]
    assert len(back) == len(rows)
    for row, original in zip(back, rows, strict=True):
        for got, wanted in zip(row, original, strict=True):
            assert got in (wanted.replace("\0", ""), "'" + wanted.replace("\0", ""))
            looks_like_number = spreadsheet._NUMBER.fullmatch(got)
            assert looks_like_number or got.strip(" \u00a0\u3000")[:1] not in spreadsheet.STARTS_FORMULA or not got
