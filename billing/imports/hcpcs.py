"""HCPCS Level II: codes and modifiers with the days on which they were added and ended.

CMS publishes each quarter a fixed-width text and a workbook (``HCPC2026_OCT_ANWEB``); others pass the same on as CSV.
A bare list of codes is read too, but proves nothing: the list of July 2026 still names codes that have ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from billing.imports.cells import Cells
from billing.imports.hcpcs_text import CONTINUES, RECORD, fixed_width
from billing.imports.periods import Asked, Days, named, named_year
from billing.imports.records import MAX_PREAMBLE, records, with_header
from billing.imports.refusal import Refused, shown
from billing.imports.rows import HcpcsCode
from billing.imports.source import Line, Source
from billing.imports.tables import HCPCS, Published, Stated

_NEEDED = {"code": ("HCPC", "HCPCS", "HCPCS Code", "code"), "add_date": ("ADD DT", "Add Date")}
_OPTIONAL = {
    "record_id": ("RECID", "record_id"),
    "short_description": ("SHORT DESCRIPTION", "short_description_upper"),
    "pricing": ("PRICE1",),
    "xref1": ("XREF1",),
    "xref2": ("XREF2",),
    "xref3": ("XREF3",),
    "xref4": ("XREF4",),
    "xref5": ("XREF5",),
    "coverage": ("COV", "coverage_code"),
    "type_of_service": ("TOS1",),
    "termination_date": ("TERM DT", "term_date"),
}
_BARE = re.compile(r"^[A-Z0-9]{5}$")
_CODE = re.compile(r"^(?:[A-Z0-9]{5}|[A-Z0-9]{2})$")
_NO_ENDS = "the file has no column for termination dates, so it ends no code"


def read(source: Source, asked: Asked) -> Published:
    """Any of the four shapes."""
    days = asked.quarter(_days(source))
    whole = not asked.excerpt
    if source.is_workbook:
        return _by_header(source, days, whole)
    beginning = list(islice(source.lines(), MAX_PREAMBLE))
    if any(RECORD.match(line.text) for line in beginning):
        stated = (_stated(cells) for cells in fixed_width(source.lines()))
        return Published(HCPCS, days.since, days.until, stated, whole=whole)
    if beginning and _BARE.match(beginning[0].text.strip()):
        return Published(HCPCS, days.since, days.until, _bare(source.lines()), whole=False, bare=True)
    return _by_header(source, days, whole)


def _days(source: Source) -> Days | None:
    """The quarter in the name; a name with a year only is the January file."""
    found, year = named(source.names), named_year(source.names)
    return found or (Days(date(year, 1, 1)).quarter if year else None)


def _by_header(source: Source, days: Days, whole: bool) -> Published:
    strict = not source.is_workbook
    _, columns, found = with_header(records(source), _NEEDED, _OPTIONAL, strict=strict)
    remark = "" if "termination_date" in columns.places else _NO_ENDS
    cells = (columns.cells(record) for record in found if columns.text(record, "record_id") not in CONTINUES)
    return Published(HCPCS, days.since, days.until, (_stated(row) for row in cells), whole=whole, remark=remark)


def _bare(lines: Iterator[Line]) -> Iterator[Stated]:
    for line in lines:
        code = line.text.strip()
        if code and not _BARE.match(code):
            raise Refused(f"{shown(code)} is not a code, and the lines before it hold one code each", line.number)
        if code:
            yield Stated(line.number, None, None, HcpcsCode(code, "", "", "", "", ""))


def _stated(cells: Cells) -> Stated:
    code = cells.texts["code"].upper()
    if not _CODE.match(code):
        raise cells.refuse(f"{shown(code)} is not a code of five or a modifier of two letters and digits")
    references = [text for n in range(1, 6) if (text := cells.mark(f"xref{n}", 5)) and _CODE.match(text)]
    row = HcpcsCode(
        code=code,
        short_description=cells.text("short_description", 60) if ours_to_show(code) else "",
        coverage=cells.mark("coverage", 1),
        pricing=cells.mark("pricing", 2),
        type_of_service=cells.mark("type_of_service", 1),
        replaced_by=" ".join(references),
    )
    return Stated(cells.line, cells.day("add_date"), cells.day_or_none("termination_date"), row)


def ours_to_show(code: str) -> bool:
    """Whether CMS owns the text of a code: CPT numbers begin with a digit and are the AMA's, D codes the ADA's."""
    return code[:1].isalpha() and not (len(code) == 5 and code.startswith("D"))
