"""ICD-10-CM: which diagnosis codes are complete, and which are headings that need more characters.

Three shapes: the official order file (``icd10cm_order_2026.txt``, fixed width: 7-13 code, 15 flag, 78 long text), a CSV
with code, billable and description, and a bare list of all codes in order, where a code that the next one
continues is a heading. A fiscal year runs from October; an April update holds from April.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from billing.imports.cells import Cells
from billing.imports.hcpcs_text import sliced
from billing.imports.periods import Asked, Days, named, named_year
from billing.imports.records import records, with_header
from billing.imports.refusal import Refused, shown
from billing.imports.rows import Icd10Code
from billing.imports.source import Line, Source
from billing.imports.tables import ICD10CM, Published, Stated

_NEEDED = {"code": ("code", "ICD-10-CM Code"), "billable": ("billable",), "description": ("description",)}
_CODE = re.compile(r"^[A-Z][0-9A-Z]{2}(?:\.?[0-9A-Z]{1,4})?$")
_HEADING = re.compile(r"^(?:[0-9]{1,2}|[A-Z][0-9A-Z]{2}-[A-Z][0-9A-Z]{2})$")
_ORDER = re.compile(r"^[0-9]{5} [A-Z][0-9A-Z]{2,6} +[01] ")
_ORDER_PLACES = {"code": (7, 13), "billable": (15, 15), "description": (78, 400)}
_FLAG = {"1": "yes", "0": ""}
_LONGEST = 320


def read(source: Source, asked: Asked) -> Published:
    days = asked.days(_days(source))
    until = days.until or _year_end(days.since)
    rows = _rows(source)
    return Published(ICD10CM, days.since, until, rows, whole=not asked.excerpt)


def _days(source: Source) -> Days | None:
    """The month in the name (an April update) or the fiscal year in the name."""
    month, year = named(source.names), named_year(source.names)
    if month is not None:
        return Days(month.since, _year_end(month.since))
    return Days(date(year - 1, 10, 1), date(year, 9, 30)) if year else None


def _year_end(day: date) -> date:
    return date(day.year + (day.month >= 10), 9, 30)


def _rows(source: Source) -> Iterator[Stated]:
    beginning = [] if source.is_workbook else list(islice(source.lines(), 1))
    first = beginning[0].text if beginning else ""
    if _ORDER.match(first):
        return (_stated(_ordered(line)) for line in source.lines() if line.text.strip())
    if _HEADING.match(first.strip()) or _CODE.match(first.strip()):
        return _listed(source.lines())
    _, columns, found = with_header(records(source), _NEEDED, strict=not source.is_workbook)
    return (_stated(columns.cells(record)) for record in found)


def _ordered(line: Line) -> Cells:
    if not _ORDER.match(line.text):
        raise Refused(f"expected an order number, a code and 0 or 1, found {shown(line.text)}", line.number)
    return sliced(line, _ORDER_PLACES)


def _stated(cells: Cells) -> Stated:
    complete = cells.one_of("billable", _FLAG) == "yes"
    return Stated(cells.line, None, None, Icd10Code(_code(cells), complete, cells.text("description", _LONGEST)))


def _code(cells: Cells) -> str:
    text = cells.texts["code"]
    if not _CODE.match(text):
        raise cells.refuse(f"{shown(text)} is not a diagnosis code")
    return with_point(text)


def _listed(lines: Iterator[Line]) -> Iterator[Stated]:
    """Codes in order. Chapters (``1``) and blocks (``A00-A09``) are not codes."""
    held: tuple[int, str] | None = None
    category = ""
    for line in lines:
        text = line.text.strip()
        if not text or _HEADING.match(text):
            continue
        if not _CODE.match(text):
            raise Refused(f"{shown(text)} is not a diagnosis code", line.number)
        plain = text.replace(".", "")
        category = _category(plain, category, line.number)
        if held is not None and held[1] == plain:
            continue  # a block of one category is listed by the category's name, before the category
        if held is not None:
            yield _from_list(held, complete=not plain.startswith(held[1]))
        held = (line.number, plain)
    if held is not None:
        yield _from_list(held, complete=True)


def _category(plain: str, category: str, line: int) -> str:
    """The category (``A00``) that the code is or stands under; a list of service codes (``A0021``) has none."""
    if len(plain) > 3 and plain[:3] != category:
        said = f"expected the category {shown(plain[:3])} before {shown(plain)}: is this a list of diagnoses?"
        raise Refused(said, line)
    return plain[:3]


def _from_list(held: tuple[int, str], *, complete: bool) -> Stated:
    return Stated(held[0], None, None, Icd10Code(with_point(held[1]), complete, ""))


def with_point(code: str) -> str:
    plain = code.replace(".", "")
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 else plain
