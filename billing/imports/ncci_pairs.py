"""NCCI procedure-to-procedure edits for practitioners: pairs of codes of which the second is not paid.

Official: tab separated text in four parts a quarter (``ccipra-v322r0-f1.txt``), or a workbook each, with seven columns
under a header of four lines. ``*`` in the third is "before 1996", in the deletion date "none". Indicator 9: the pair
was taken back on the day it began. A pair may stand on several lines with different days.
Also read: a CSV without effective dates, whose pairs hold since before the file's memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from billing.imports.cells import Cells
from billing.imports.periods import Asked, named
from billing.imports.records import Columns, Record, records, with_header
from billing.imports.rows import NcciPair
from billing.imports.source import Source
from billing.imports.tables import NCCI_PAIRS, Published, Stated

_NEEDED = {
    "column1": ("Column 1",),
    "column2": ("Column 2",),
    "deletion_date": ("~deletion",),
    "modifier_indicator": ("~modifier",),
    "rationale": ("~rationale",),
}
_OPTIONAL = {"before_1996": ("~in existence",), "effective_date": ("~effective",)}
_BEFORE_1996 = {"": "", "*": "yes"}
_TAKEN_BACK = "9"
_INDICATORS = {"0": "0", "1": "1", _TAKEN_BACK: _TAKEN_BACK}
_NO_START = "the file has no effective dates: its pairs are taken to hold since before its memory"


def read(source: Source, asked: Asked) -> Published:
    tabbed = not source.is_workbook and _tabbed(source)
    found = records(source, "\t" if tabbed else ",", quoted=not tabbed)
    _, columns, found = with_header(found, _NEEDED, _OPTIONAL, strict=not source.is_workbook)
    days = asked.quarter(named(source.names))
    dated = "effective_date" in columns.places
    rows = _dated(columns, found) if dated else _undated(columns, found)
    # A file is one part of four, and carries its own deletion dates: what it leaves out is not ended by it.
    return Published(NCCI_PAIRS, days.since, days.until, rows, whole=False, remark="" if dated else _NO_START)


def _tabbed(source: Source) -> bool:
    first = next(source.lines(), None)
    return first is not None and "\t" in first.text


def _cells(columns: Columns, found: Iterator[Record]) -> Iterator[Cells]:
    """The rows behind the header; its further lines have nothing in the first column."""
    begun = False
    for record in found:
        cells = columns.cells(record)
        begun = begun or bool(cells.texts["column1"])
        if begun:
            yield cells


def _dated(columns: Columns, found: Iterator[Record]) -> Iterator[Stated]:
    for cells in _cells(columns, found):
        yield Stated(cells.line, cells.day("effective_date"), cells.day_or_none("deletion_date"), _row(cells))


def _undated(columns: Columns, found: Iterator[Record]) -> Iterator[Stated]:
    """A pair that stands again behind its earlier end began after that end; more is not known."""
    before: tuple[str, str] | None = None
    ended: date | None = None
    for cells in _cells(columns, found):
        row, until = _row(cells), cells.day_or_none("deletion_date")
        if row.never:
            yield Stated(cells.line, until, until, row)
            continue
        again = (row.column1, row.column2) == before and ended is not None
        since = ended + timedelta(days=1) if again and ended else None
        before, ended = (row.column1, row.column2), until
        yield Stated(cells.line, since, until, row)


def _row(cells: Cells) -> NcciPair:
    indicator = cells.one_of("modifier_indicator", _INDICATORS)
    return NcciPair(
        column1=cells.code("column1"),
        column2=cells.code("column2"),
        never=indicator == _TAKEN_BACK,
        modifier_indicator=indicator,
        before_1996=cells.one_of("before_1996", _BEFORE_1996) == "yes" if "before_1996" in cells.texts else False,
        rationale=cells.text("rationale", 120),
    )
