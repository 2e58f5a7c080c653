"""A cell is read in one way only, or refused with what to write instead."""

import contextlib
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from injections.imports import cells
from injections.imports.cells import CellError

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SHAPES = ["%Y-%m-%d", "%m/%d/%Y", "%d %b %Y", "%d-%b-%Y", "%B %d, %Y", "%Y-%m-%d 00:00:00"]


@settings(deadline=None)
@given(DAYS, st.sampled_from(SHAPES))
def test_clear_dates_are_read(day, shape):
    assert cells.day(day.strftime(shape)) == day


@pytest.mark.parametrize(
    "cell", ["03/14/61", "3-14-61", "25/12/2026", "2026-02-29", "14.03.1961", "19610314", "1961", "soon", "",
             "14 Foo 1961", "٠٣/١٤/١٩٦١", "2026-13-01", "0000-01-01", "=TODAY()", "44000"]
)  # fmt: skip
def test_dates_are_never_guessed(cell):
    with pytest.raises(CellError):
        cells.day(cell)


def test_a_short_year_is_told_what_is_missing():
    with pytest.raises(CellError, match="four digits"):
        cells.day("03/14/61")


@pytest.mark.parametrize(
    ("cell", "read"),
    [("9:20", time(9, 20)), ("09:20:00", time(9, 20)), ("2:30 pm", time(14, 30)), ("12:05 AM", time(0, 5)),
     ("12:00pm", time(12)), ("23:59", time(23, 59)), ("2:30 p.m.", time(14, 30))],
)  # fmt: skip
def test_times_are_read(cell, read):
    assert cells.clock(cell) == read


@pytest.mark.parametrize("cell", ["24:00", "13:00 pm", "0:30 am", "9", "9.20", "920", "9:60", "noon", "", "٩:٢٠"])
def test_times_are_never_guessed(cell):
    with pytest.raises(CellError):
        cells.clock(cell)


@pytest.mark.parametrize("name", ["O'Brien", "Nguyễn", "Null", "李", "عائشة", "van der Berg-Löwe", "<b>x</b>", "=1+1"])
def test_odd_names_come_back_exactly(name):
    assert cells.text(name, 80) == name


@pytest.mark.parametrize("cell", ["a\u202eb", "a\u200bb", "a\nb", "a\x07b", "a\u2066b", "a\ufeffb"])
def test_invisible_characters_are_refused(cell):
    with pytest.raises(CellError, match="invisible"):
        cells.text(cell, 80)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_what_an_export_disarmed_is_read_back(formula):
    assert cells.text(f"'{formula}", 80) == formula


@settings(deadline=None)
@given(st.text(max_size=100), st.sampled_from(["day", "clock", "sex", "state", "postal_code"]))
def test_every_reader_answers(text, reader):
    with contextlib.suppress(CellError):
        getattr(cells, reader)(text)


def test_letters_are_counted_after_they_are_joined():
    assert cells.text("e\u0301" * 80, 80) == "é" * 80
    with pytest.raises(CellError, match="80"):
        cells.text("x" * 81, 80)
