"""Geographic practice cost indices: three factors a locality, one file a year (Addendum E, CSV or workbook).

Two title lines, the header (with the year in it), the localities, then notes behind an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from billing.imports.cells import Cells
from billing.imports.periods import Asked, Days, named_year
from billing.imports.records import Columns, Record, records, with_header
from billing.imports.refusal import shown
from billing.imports.rows import GpciLocality
from billing.imports.source import Source
from billing.imports.tables import GPCI, Published, Stated

_NEEDED = {
    "contractor": ("Medicare Administrative Contractor (MAC)", "~administrative contractor"),
    "state": ("State",),
    "locality": ("Locality Number",),
    "name": ("Locality Name",),
    "work": ("~PW GPCI (with 1.0 Floor)", "~PW GPCI"),
    "practice": ("~PE GPCI",),
    "malpractice": ("~MP GPCI",),
}


def read(source: Source, asked: Asked) -> Published:
    before, columns, found = with_header(records(source), _NEEDED, strict=not source.is_workbook)
    titles = " ".join(cell for record in before for cell in record.cells)
    year = named_year(titles) or named_year(source.names)
    days = asked.days(Days(date(year, 1, 1), date(year, 12, 31)) if year else None)
    end = days.until or date(days.since.year, 12, 31)
    rows = _rows(columns, found)
    return Published(GPCI, days.since, end, rows, rows_until=end, whole=not asked.excerpt)


def _rows(columns: Columns, found: Iterator[Record]) -> Iterator[Stated]:
    """The localities; a row with one cell only is a note, and notes end the table."""
    for record in found:
        if sum(1 for cell in record.cells if cell.strip()) == 1:
            return
        yield _stated(columns.cells(record))


def _stated(cells: Cells) -> Stated:
    for name, shape in (("contractor", r"[0-9]{5}"), ("locality", r"[0-9]{2}"), ("state", r"[A-Z]{2}")):
        if not re.fullmatch(shape, cells.texts[name]):
            raise cells.refuse(f"{shown(cells.texts[name])} is not a {name}")
    row = GpciLocality(
        state=cells.texts["state"],
        contractor=cells.texts["contractor"],
        locality=cells.texts["locality"],
        name=cells.needed("name", 120).rstrip("*"),
        work=cells.amount("work"),
        practice=cells.amount("practice"),
        malpractice=cells.amount("malpractice"),
    )
    return Stated(cells.line, None, None, row)
