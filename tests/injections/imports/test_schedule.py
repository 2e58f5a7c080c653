"""A file of appointments is taken whole or refused whole, with line numbers."""

from datetime import date, time

import pytest

from injections.imports.schedule import SAMPLE, read_schedule

TODAY = date(2026, 11, 21)
LOCATIONS = {"1": "Northside", "2": "Southside"}


def read(*lines, heading="MRN,Date,Time,Location,Drug", locations=LOCATIONS):
    return read_schedule("\n".join([heading, *lines]).encode(), locations=locations, today=TODAY)


def test_the_sample_that_we_offer_can_be_imported():
    found = read_schedule(SAMPLE.encode(), locations={"1": "Northside"}, today=TODAY)
    assert not found.problems
    assert [row.at for row in found.rows] == [time(9, 20), time(14, 30)]
    assert {row.location for row in found.rows} == {"1"}


def test_a_row_is_read():
    (row,) = read("17,2026-12-01,9:20,southside,ketorolac").rows
    assert (row.mrn, row.day, row.at, row.location, row.drug) == (
        "17",
        date(2026, 12, 1),
        time(9, 20),
        "2",
        "ketorolac",
    )


@pytest.mark.parametrize(
    ("line", "column", "word"),
    [
        ("17,2026-11-20,9:20,Northside,", "date", "over"),
        ("17,2030-11-20,9:20,Northside,", "date", "two years"),
        ("17,2026-12-01,920,Northside,", "time", "14:30"),
        ("17,2026-12-01,9:20,,", "location", "missing"),
        ("17,2026-12-01,9:20,Westside,", "location", "Westside"),
        (",2026-12-01,9:20,Northside,", "MRN", "missing"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(line, column, word):
    found = read(line)
    assert [(problem.line, problem.column) for problem in found.problems] == [(2, column)]
    assert word in found.problems[0].message


def test_the_same_patient_at_the_same_time_stands_once():
    found = read("17,2026-12-01,9:20,Northside,", "17,12/01/2026,9:20 am,Southside,")
    assert found.problems[0].line == 3
