"""Any bytes at all are answered with rows or with a line number, and never with an exception."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from injections.imports.table import MAX_PROBLEMS, Column, read_table

COLUMNS = (Column("name", ("family name",), required=True), Column("town", ("city",)))
HEADING = "Family Name,City"


def table(text, encoding="utf-8"):
    return read_table(text.encode(encoding), COLUMNS)


def names(found):
    return [line.cells["name"] for line in found.lines]


def told(found):
    return [(problem.line, problem.message) for problem in found.problems]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_any_spreadsheet_is_understood(ends, encoding):
    found = table(ends.join([HEADING, "Núñez,Cádiz", "", "O'Brien,"]), encoding)
    assert not found.problems
    assert names(found) == ["Núñez", "O'Brien"]
    assert [line.number for line in found.lines] == [2, 4]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_understood(separator):
    found = table(f"name{separator}city\nRivera{separator}Reno")
    assert found.lines[0].cells == {"name": "Rivera", "town": "Reno"}


def test_a_quoted_cell_may_hold_a_comma_and_lines_are_counted_as_an_editor_does():
    found = table('name,city\n"Lee, Jordan","one\ntwo"\nRivera,Reno')
    assert names(found) == ["Lee, Jordan", "Rivera"]
    assert [line.number for line in found.lines] == [2, 4]


def test_columns_are_found_by_name_in_any_order_and_others_are_named():
    found = table("Shoe size,CITY,family_name\n44,Reno,Rivera")
    assert found.lines[0].cells == {"name": "Rivera", "town": "Reno"}
    assert found.ignored == ("Shoe size",)
    assert found.columns == {"name", "town"}


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        (b"", 0, "empty"),
        (b"\n\n ,\n", 0, "empty"),
        (b"name,city\n", 0, "no rows"),
        (b"town\nReno", 1, "name"),
        (b"name,family name\na,b", 1, "Two columns"),
        (b'name,city\nA,B\n"C,D\nE,F', 3, "quotation"),
        (b"name,city\nA,\0B", 2, "not text"),
        (b"name,city\nA,B\nC,\x81\x8d", 3, "cannot be read"),
        ("name,city\nNúñez,B\nC,".encode() + b"\xf1", 3, "cannot be read"),
        (b"PK\x03\x04" + b"x" * 90, 0, "Excel"),
        ("name\nA".encode("utf-16"), 0, "Unicode text"),
        (b"%PDF-1.7", 0, "PDF"),
        (b"name\n" + b"A\n" * 5001, 5002, "5,000 rows"),
        (b"x" * 1_000_001, 0, "1 MB"),
        (b"name," + b"x," * 60 + b"\nA", 1, "60 columns"),
        (b"name\nA,B", 2, "more cells"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(content, line, word):
    found = read_table(content, COLUMNS)
    assert [problem.line for problem in found.problems] == [line]
    assert word in found.problems[0].message


def test_a_very_long_cell_is_refused_and_not_an_error():
    assert told(table("name\n" + "x" * 200_000))[0][0] == 2


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_answered(content):
    found = read_table(content, COLUMNS)
    assert len(found.problems) <= MAX_PROBLEMS
    assert bool(found.lines) or bool(found.problems)


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\0"), max_size=500))
def test_any_text_under_a_good_heading_is_answered(text):
    found = read_table(f"name,city\nA,B\n{text}".encode("utf-8", "surrogatepass"), COLUMNS)
    assert bool(found.lines) or bool(found.problems)


cell = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1, max_size=20)


@settings(deadline=None)
@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=20))
def test_what_python_writes_is_read_back(rows):
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("name", "city"), *rows])
    found = table(written.getvalue())
    assert [(line.cells["name"], line.cells["town"]) for line in found.lines] == rows
