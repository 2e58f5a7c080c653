"""Places of service: two digits, a name, and whether the fee schedule pays its facility or its office rate (CSV).

The table carries no dates: the person who imports it says from when it holds. Numbers that are not assigned are kept
as such, so that they are known to be wrong rather than unknown.
"""

from __future__ import annotations

import re

from billing.imports.cells import Cells
from billing.imports.periods import Asked, named
from billing.imports.records import records, with_header
from billing.imports.refusal import shown
from billing.imports.rows import PlaceOfService
from billing.imports.source import Source
from billing.imports.tables import PLACES, Published, Stated

_NEEDED = {
    "code": ("pos_code", "Place of Service Code(s)", "Place of Service Code", "POS"),
    "payment": ("payment_type", "Payment"),
    "name": ("name", "Place of Service Name"),
}
_PAYMENT = {"Facility": "facility", "Non-Facility": "office", "Unassigned": ""}


def read(source: Source, asked: Asked) -> Published:
    _, columns, found = with_header(records(source), _NEEDED, strict=not source.is_workbook)
    days = asked.days(named(source.names))
    rows = (_stated(columns.cells(record)) for record in found)
    return Published(PLACES, days.since, days.until, rows, whole=not asked.excerpt)


def _stated(cells: Cells) -> Stated:
    code = cells.texts["code"]
    if not re.fullmatch(r"[0-9]{2}", code):
        raise cells.refuse(f"{shown(code)} is not a place of service of two digits")
    payment = cells.one_of("payment", _PAYMENT)
    facility = None if payment == "" else payment == "facility"
    return Stated(cells.line, None, None, PlaceOfService(code, cells.needed("name", 120), facility))
