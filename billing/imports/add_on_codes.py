"""NCCI add-on codes: which codes are billed only beside which primary codes (workbook or CSV, yearly or quarterly).

Official columns carry dates as year and day of the year (2026182). ``CCCCC`` as primary: the contractor decides.
A CSV without dates is read too; its rows hold since before the file's memory.
"""

from __future__ import annotations

from billing.imports.cells import Cells
from billing.imports.periods import Asked, named
from billing.imports.records import records, with_header
from billing.imports.rows import AddOnCode
from billing.imports.source import Source
from billing.imports.tables import ADD_ON_CODES, Published, Stated

_NEEDED = {
    "add_on": ("Add-On Code", "AOC", "AddOn Code"),
    "primary": ("Primary Code",),
    "edit_type": ("AOC Edit Type", "Type"),
}
_OPTIONAL = {
    "effective_date": ("AOC Edit Eff Dt", "AOC Edit Effective Date"),
    "deletion_date": ("AOC Edit Del Dt", "AOC Edit Deletion Date"),
    "note": ("~special instruction",),
}
_TYPES = {"1": "1", "2": "2", "3": "3"}


def read(source: Source, asked: Asked) -> Published:
    _, columns, found = with_header(records(source), _NEEDED, _OPTIONAL, strict=not source.is_workbook)
    days = asked.quarter(named(source.names))
    rows = (_stated(columns.cells(record)) for record in found)
    return Published(ADD_ON_CODES, days.since, days.until, rows, whole=False)


def _stated(cells: Cells) -> Stated:
    since = cells.day("effective_date") if "effective_date" in cells.texts else None
    row = AddOnCode(
        add_on=cells.code("add_on"),
        primary=cells.code("primary"),
        edit_type=cells.one_of("edit_type", _TYPES),
        note=cells.text("note", 400),
    )
    return Stated(cells.line, since, cells.day_or_none("deletion_date"), row)
