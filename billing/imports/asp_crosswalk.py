"""Which packages belong to which code, one file a quarter (CSV): NDC, labeler, and billing units per package.

Preamble with the effective dates, then a header whose first cell is ``_<year>_CODE``; up to 250 empty columns behind.
NDCs are kept as published: most are 5-4-2, some products carry other numbers (``GG100``, ``RZT-30.30``).
"""

from __future__ import annotations

import re

from billing.imports.cells import Cells
from billing.imports.periods import Asked, named, stated
from billing.imports.records import records, with_header
from billing.imports.refusal import shown
from billing.imports.rows import AspPackage
from billing.imports.source import Source
from billing.imports.tables import ASP_PACKAGES, Published, Stated

_NEEDED = {
    "code": ("_<year>_CODE", *(f"_{year}_CODE" for year in range(2005, 2100))),
    "labeler": ("LABELER NAME",),
    "ndc": ("NDC2",),
    "drug": ("Drug Name",),
    "dosage": ("HCPCS dosage",),
    "package_size": ("PKG SIZE",),
    "package_quantity": ("PKG QTY",),
    "units_per_item": ("BILLUNITS",),
    "units_per_package": ("BILLUNITSPKG",),
}
_NDC = re.compile(r"^[0-9A-Z][0-9A-Z./-]*$")


def read(source: Source, asked: Asked) -> Published:
    before, columns, found = with_header(records(source), _NEEDED, strict=not source.is_workbook)
    told = stated(cell for record in before for cell in record.cells)
    days = asked.quarter(told or named(source.names))
    rows = (_stated(columns.cells(record)) for record in found)
    return Published(ASP_PACKAGES, days.since, days.until, rows, rows_until=days.until, whole=not asked.excerpt)


def _stated(cells: Cells) -> Stated:
    row = AspPackage(
        code=cells.code("code"),
        ndc=ndc(cells, "ndc"),
        labeler=cells.text("labeler", 120),
        drug=cells.text("drug", 120),
        dosage=cells.text("dosage", 120),
        package_size=cells.amount("package_size", 4),
        package_quantity=cells.amount("package_quantity", 4),
        units_per_item=cells.amount("units_per_item", 4),
        units_per_package=cells.amount("units_per_package", 4),
    )
    return Stated(cells.line, None, None, row)


def ndc(cells: Cells, name: str) -> str:
    """A drug number as published. No length is assumed: 10 digits, 11 in billing, 12 from 2033."""
    text = cells.needed(name, 20).upper()
    if not _NDC.match(text):
        raise cells.refuse(f"{shown(text)} is not a drug number")
    return text
