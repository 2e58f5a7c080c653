"""A file of patients is taken whole or refused whole, with line numbers."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from injections.imports.patients import SAMPLE, read_patients

TODAY = date(2026, 11, 21)
PAYERS = {"medicare-b": "Medicare Part B", "aetna": "Aetna"}
HEADING = "MRN,Last name,First name,DOB,Sex,Insurance,Member ID"


def read(*lines, heading=HEADING):
    return read_patients("\n".join([heading, *lines]).encode(), payers=PAYERS, today=TODAY)


def test_the_sample_that_we_offer_can_be_imported():
    found = read_patients(SAMPLE.encode("utf-8-sig"), payers=PAYERS, today=TODAY)
    assert not found.problems
    assert [row.family_name for row in found.rows] == ["Rivera", "Núñez"]
    assert not found.ignored


def test_a_row_is_read():
    (row,) = read("0017,O'Brien,Ann,03/14/1961,female,medicare part b,1EG4-TE5-MK73").rows
    assert (row.mrn, row.birth_date, row.sex, row.payer, row.line) == ("0017", date(1961, 3, 14), "F", "medicare-b", 2)


@pytest.mark.parametrize(
    ("line", "column", "word"),
    [
        (",Lee,Jo,1961-03-14,,,", "MRN", "missing"),
        ("1,,Jo,1961-03-14,,,", "family name", "missing"),
        ("1,\u00a0,Jo,1961-03-14,,,", "family name", "missing"),
        ("1,Lee,Jo,,,,", "birth date", "Write the date"),
        ("1,Lee,Jo,03/14/61,,,", "birth date", "four digits"),
        ("1,Lee,Jo,2027-01-01,,,", "birth date", "future"),
        ("1,Lee,Jo,1899-12-31,,,", "birth date", "1900"),
        ("1,Lee,Jo,1961-03-14,maybe,,", "sex", "F, M or U"),
        ("1,Lee,Jo,1961-03-14,,Acme Health,", "payer", "Acme Health"),
        ("1,Lee,Jo,1961-03-14,,,123", "payer", "no payer"),
        ("1,Le\u202ee,Jo,1961-03-14,,,", "family name", "invisible"),
        ("1," + "x" * 81 + ",Jo,1961-03-14,,,", "family name", "80"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(line, column, word):
    found = read("7,Good,Row,1961-03-14,,,", line)
    assert found.rows == ()
    assert [(problem.line, problem.column) for problem in found.problems] == [(3, column)]
    assert word in found.problems[0].message


def test_an_mrn_stands_once():
    found = read("1,Lee,Jo,1961-03-14,,,", "1,Lee,Jo,1961-03-14,,,")
    assert found.problems[0].line == 3
    assert "line 2" in found.problems[0].message


def test_a_hopeless_file_is_not_listed_to_the_end():
    found = read(*[f"{number},,,,,," for number in range(2_000)])
    assert len(found.problems) == 100


def test_columns_say_which_facts_the_file_speaks_of():
    assert read("1,Lee,1961-03-14", heading="MRN,Surname,Born").columns == {"mrn", "family_name", "birth_date"}


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=40), max_size=12))
def test_any_cells_are_answered(texts):
    quoted = ",".join('"' + text.replace('"', '""') + '"' for text in texts)
    found = read(quoted, "2,Lee,Jo,1961-03-14,,,")
    assert bool(found.rows) != bool(found.problems)
