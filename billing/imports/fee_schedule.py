"""The physician fee schedule: relative values (PPRRVU, CSV or fixed width) and amounts by locality (PFREV, PFALL).

The CSV's header takes several lines: the words above a heading belong to it (``WORK`` over ``RVU``). A release speaks
for its quarter; its values hold to the end of the year unless a later release says otherwise. Descriptions are
never kept: most are the AMA's. Money in dollars, relative values without unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from billing.imports import locality_amounts
from billing.imports.cells import Cells
from billing.imports.hcpcs_text import sliced
from billing.imports.periods import Asked, Days, named
from billing.imports.records import MAX_PREAMBLE, Columns, Record, columns_of, no_header, records
from billing.imports.refusal import Refused, shown
from billing.imports.rows import RelativeValue
from billing.imports.source import Line, Source
from billing.imports.tables import FEE_SCHEDULE, Published, Stated

_NEEDED = {
    "code": ("HCPCS",),
    "modifier": ("MOD",),
    "status": ("STATUS CODE",),
    "work": ("WORK RVU",),
    "practice_office": ("NON-FAC PE RVU",),
    "office_na": ("NON-FAC NA INDICATOR",),
    "practice_facility": ("FACILITY PE RVU",),
    "facility_na": ("FACILITY NA INDICATOR",),
    "malpractice": ("MP RVU",),
    "pctc": ("PCTC IND",),
    "global_days": ("GLOB DAYS",),
    "multiple": ("MULT PROC",),
    "bilateral": ("BILAT SURG",),
    "assistant": ("ASST SURG",),
    "cosurgeon": ("CO- SURG",),
    "team": ("TEAM SURG",),
    "conversion_factor": ("CONV FACTOR",),
    "supervision": ("PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES",),
}
#: how many lines above the header may belong to it
_HEADER_LINES = 5
_FIXED = re.compile(r"^[A-Z0-9]{5}.{52}[A-Z ].[0-9. ]{6} ")
_SHORTEST = 144
_FIXED_PLACES = {
    "code": (1, 5),
    "modifier": (6, 7),
    "status": (58, 58),
    "work": (60, 65),
    "practice_office": (67, 72),
    "office_na": (73, 74),
    "practice_facility": (76, 81),
    "facility_na": (82, 83),
    "malpractice": (85, 89),
    "pctc": (103, 103),
    "global_days": (104, 106),
    "multiple": (116, 116),
    "bilateral": (117, 117),
    "assistant": (118, 118),
    "cosurgeon": (119, 119),
    "team": (120, 120),
    "conversion_factor": (133, 140),
    "supervision": (142, 143),
}
_NA = {"": "", "NA": "yes"}


def read(source: Source, asked: Asked) -> Published:
    """Whichever of the three shapes this is."""
    beginning = [] if source.is_workbook else list(islice(source.lines(), MAX_PREAMBLE))
    if beginning and locality_amounts.RECORD.match(beginning[0].text):
        return locality_amounts.read(source, asked)
    if beginning and (beginning[0].text.startswith("HDR") or any(_FIXED.match(line.text) for line in beginning)):
        cells = _fixed(source.lines())
    else:
        cells = _by_header(source)
    days = asked.quarter(named(source.names) or _released(beginning))
    rows = (_stated(found) for found in cells)
    end = date(days.since.year, 12, 31)
    return Published(FEE_SCHEDULE, days.since, days.until, rows, rows_until=end, whole=not asked.excerpt)


def _released(beginning: list[Line]) -> Days | None:
    """The title of the CSV: "2026 National Physician Fee Schedule Relative Value File July Release"."""
    for line in beginning:
        match = re.search(r"(20[0-9]{2}) National .*? ([A-Z][a-z]+) Release", line.text)
        if match:
            return named(f"{match.group(2)} {match.group(1)}")
    return None


def _by_header(source: Source) -> Iterator[Cells]:
    found = records(source)
    columns = _columns(found, strict=not source.is_workbook)
    return (columns.cells(record) for record in found)


def _columns(found: Iterator[Record], *, strict: bool) -> Columns:
    """The header with the words that stand above each heading."""
    above: list[Record] = []
    for record in found:
        if record.cells[0].strip().upper() == "HCPCS":
            rows = [*above[-_HEADER_LINES:], record]
            words = [" ".join(row.cells[at] for row in rows if at < len(row.cells)) for at in range(len(record.cells))]
            return columns_of(Record(record.line, _unmixed(words, record)), _NEEDED, {}, strict=strict)
        above.append(record)
        if len(above) > MAX_PREAMBLE:
            break
    raise no_header(above, "HCPCS")


def _unmixed(words: list[str], header: Record) -> list[str]:
    """The title stands above the first columns and belongs to none of them."""
    return [header.cells[at] if at < 3 else " ".join(text.split()) for at, text in enumerate(words)]


def _fixed(lines: Iterator[Line]) -> Iterator[Cells]:
    begun = False
    for line in lines:
        if not line.text.strip() or (line.text.startswith("HDR") and not begun):
            continue
        if len(line.text) < _SHORTEST or not _FIXED.match(line.text):
            raise Refused(f"expected a fee schedule record, found {shown(line.text)}", line.number)
        begun = True
        yield sliced(line, _FIXED_PLACES)


def _stated(cells: Cells) -> Stated:
    marks = {name: cells.mark(name, 1) for name in ("pctc", "multiple", "bilateral", "assistant", "cosurgeon", "team")}
    row = RelativeValue(
        code=cells.code("code"),
        modifier=cells.mark("modifier", 2),
        status=cells.mark("status", 1),
        work=cells.amount("work"),
        practice_office=cells.amount("practice_office"),
        office_na=cells.one_of("office_na", _NA) == "yes",
        practice_facility=cells.amount("practice_facility"),
        facility_na=cells.one_of("facility_na", _NA) == "yes",
        malpractice=cells.amount("malpractice"),
        global_days=cells.mark("global_days", 3),
        supervision=cells.mark("supervision", 2),
        conversion_factor=cells.amount("conversion_factor", 4),
        **marks,
    )
    return Stated(cells.line, None, None, row)
