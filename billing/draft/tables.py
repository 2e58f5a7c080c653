"""Rows of the public tables as they would be: prices, pairs of codes, unit limits, replaced codes, diagnosis codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.draft.codings import hcpcs
from billing.draft.days import covers
from billing.draft.reading import Cells
from billing.draft.refusal import DraftError
from billing.reference.tables import PairEdit, Price, Replacement, UnitLimit


@dataclass(frozen=True, slots=True)
class TableChange:
    """One row of one table for visits of ``since`` to ``until``; ``row`` is ``None`` where it would be gone."""

    table: str
    key: Any
    row: Any
    since: date | None = None
    until: date | None = None
    place: str = ""

    def covers(self, day: date) -> bool:
        return covers(self, day)


def price(cells: Cells) -> TableChange:
    """``[[price]] code, amount, since, until, source``: what is allowed for one unit."""
    code = hcpcs(cells, "code")
    since, until, ended = _when(cells)
    amount = None if ended else cells.money("amount")
    source = cells.text("source", required=True)
    row = None if amount is None else Price(code, amount, since or date.min, until or date.max, source)
    return _made(cells, "prices", code, row, since, until)


def pair(cells: Cells) -> TableChange:
    """``[[pair]] column1, column2, modifier_allowed``: the first is paid, the second is not."""
    column1, column2 = hcpcs(cells, "column1"), hcpcs(cells, "column2")
    since, until, ended = _when(cells)
    row = None if ended else PairEdit(column1, column2, cells.flag("modifier_allowed"))
    cells.text("source", required=True)
    return _made(cells, "pairs", (column1, column2), row, since, until)


def limit(cells: Cells) -> TableChange:
    """``[[limit]] code, units, indicator``: the most units of a day (MUE)."""
    code = hcpcs(cells, "code")
    since, until, ended = _when(cells)
    row = None if ended else UnitLimit(code, cells.count("units"), _indicator(cells))
    cells.text("source", required=True)
    return _made(cells, "limits", code, row, since, until)


def replacement(cells: Cells) -> TableChange:
    """``[[replacement]] code, until, successor``: the last day of a code, and what took over."""
    code, last = hcpcs(cells, "code"), cells.day("until")
    ended = cells.flag("ended")
    if not ended and last is None:
        raise DraftError(cells.at("until"), "is missing: the last day of the code")
    source = cells.text("source", required=True)
    row = None if ended or last is None else Replacement(code, last, hcpcs(cells, "successor"), source)
    return _made(cells, "replacements", code, row, None, None)


def diagnosis(cells: Cells) -> TableChange:
    """``[[diagnosis]] code``: a code that can be billed; ``heading = true`` where it needs more characters."""
    code = cells.text("code", required=True).upper().replace(".", "")
    since, until, ended = _when(cells)
    heading = cells.flag("heading")
    cells.text("source", required=True)
    return _made(cells, "diagnoses", code, None if ended else not heading, since, until)


#: what a row of each table may say
COLUMNS = {
    "prices": "code, amount, since, until, ended, source",
    "pairs": "column1, column2, modifier_allowed, since, until, ended, source",
    "limits": "code, units, indicator, since, until, ended, source",
    "replacements": "code, until, successor, ended, source",
    "diagnoses": "code, heading, since, until, ended, source",
}
TABLES = {"price": price, "pair": pair, "limit": limit, "replacement": replacement, "diagnosis": diagnosis}


def _when(cells: Cells) -> tuple[date | None, date | None, bool]:
    return (*cells.days(), cells.flag("ended"))


def _indicator(cells: Cells) -> int:
    found = cells.count("indicator")
    if found not in (1, 2, 3):
        raise DraftError(cells.at("indicator"), f"{found} is none of 1, 2 and 3")
    return found


def _made(cells: Cells, table: str, key: Any, row: Any, since: date | None, until: date | None) -> TableChange:
    ended = "; a row that ended says no value" if row is None else ""
    cells.finish(f"a column of such a row: {COLUMNS[table]}{ended}")
    return TableChange(table, key, row, since, until, cells.place)
