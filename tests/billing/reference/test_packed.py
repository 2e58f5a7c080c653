"""Millions of rows as sorted numbers: every key is found again, and none that is not there."""

from __future__ import annotations

from array import array
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from billing.reference.packed import Packed, code_number, code_of, locality_number, package_number, pair_number
from billing.reference.published import PublishedFile, Span

FILE = PublishedFile("ncci-pairs", "f1", "", date(2026, 7, 1))
DAY = date(2026, 8, 4)
CODES = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=5, max_size=5)


@given(CODES)
def test_a_code_comes_back_from_its_number(code: str) -> None:
    number = code_number(code)
    assert number is not None
    assert code_of(number) == code


@given(st.lists(st.tuples(CODES, CODES), unique=True))
def test_numbers_stand_in_the_order_of_the_codes_and_each_pair_has_its_own(pairs: list[tuple[str, str]]) -> None:
    numbers = [pair_number(*pair) or 0 for pair in sorted(pairs)]
    assert numbers == sorted(set(numbers))
    assert all(number < 2**64 for number in numbers)


@given(st.text())
def test_whatever_is_written_is_a_number_or_nothing(text: str) -> None:
    for asked in (
        code_number(text),
        pair_number(text, "96372"),
        locality_number("1011200", text),
        package_number(text),
    ):
        assert asked is None or 0 <= asked < 2**64
    assert locality_number(text, "96372") is None or text.isdecimal()


def test_rows_of_one_key_answer_each_on_its_days() -> None:
    spring, summer = Span(None, date(2026, 7, 31), FILE), Span(date(2026, 8, 1), None, FILE)
    key = pair_number("96365", "96372") or 0
    packed = Packed(
        array("Q", [key - 1, key, key, key + 1]),
        array("I", [0, 0, 1, 1]),
        (array("B", [9, 0, 1, 9]),),
        (spring, summer),
    )
    assert list(packed.on(key, date(2026, 7, 31))) == [(spring, (0,))]
    assert list(packed.on(key, DAY)) == [(summer, (1,))]
    assert list(packed.on(None, DAY)) == list(Packed().on(key, DAY)) == []


def test_a_package_is_one_number_in_all_its_shapes() -> None:
    shapes = ("0009-0280-52", "00009-0280-52", "00009028052", "000009-0280-52")
    assert {package_number(shape) for shape in shapes} == {9028052}
    assert [package_number(text) for text in ("GG100", "", "12", "1-2", "a-b-c", "00009-0280-521")] == [None] * 6
