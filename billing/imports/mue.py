"""Medically unlikely edits for practitioners: the most units of a code (CSV or workbook, one a quarter).

A quoted copyright notice of several lines, then the header (its first cell may have a line break). The indicator is
published with words: ``2 Date of Service Edit: Policy``. The file carries no dates; its name does (``Eff_07-01-2026``).
"""

from __future__ import annotations

import re

from billing.imports.cells import Cells
from billing.imports.periods import Asked, named
from billing.imports.records import records, with_header
from billing.imports.refusal import shown
from billing.imports.rows import MueLimit
from billing.imports.source import Source
from billing.imports.tables import MUE, Published, Stated

_NEEDED = {
    "code": ("HCPCS/CPT Code",),
    "units": ("Practitioner Services MUE Values",),
    "indicator": ("MUE Adjudication Indicator",),
    "rationale": ("MUE Rationale",),
}
_INDICATOR = re.compile(r"^([123])(?:\s|$)")


def read(source: Source, asked: Asked) -> Published:
    _, columns, found = with_header(records(source), _NEEDED, strict=not source.is_workbook)
    days = asked.quarter(named(source.names))
    rows = (_stated(columns.cells(record)) for record in found)
    return Published(MUE, days.since, days.until, rows, whole=not asked.excerpt)


def _stated(cells: Cells) -> Stated:
    match = _INDICATOR.match(cells.texts["indicator"])
    if match is None:
        raise cells.refuse(f"{shown(cells.texts['indicator'])} is not an MUE indicator (1, 2 or 3 with its words)")
    row = MueLimit(cells.code("code"), cells.whole("units"), match.group(1), cells.text("rationale", 120))
    return Stated(cells.line, None, None, row)
