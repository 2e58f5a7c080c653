"""A draft as a person writes it: TOML, one payer in the shape of a payer file, or several and more beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path
from typing import Any

from billing.draft import Draft
from billing.draft.codings import CodingChange, coding_change
from billing.draft.days import meet
from billing.draft.payers import PayerChange, payer_change
from billing.draft.reading import Cells
from billing.draft.refusal import DraftError
from billing.draft.tables import TABLES, TableChange
from billing.draft.writing import writing_fault

KNOWN = ("payer", "coding", *TABLES)
#: what a draft of one payer says without a heading
OF_PAYER = ("key", "name", "kind", "follows", "wants")


def read_draft(path: Path) -> Draft:
    """The draft in a file. Raises :class:`DraftError` with the path and the place when it is not one."""
    try:
        return draft_from_text(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise DraftError(str(path), str(problem.strerror)) from problem
    except (DraftError, UnicodeDecodeError) as problem:
        raise DraftError(str(path), str(problem)) from problem


def draft_from_text(text: str) -> Draft:
    """The same of text. A fault in the writing itself is told with its line."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise writing_fault(problem) from problem
    except RecursionError as problem:
        raise DraftError("", "it is nested too deeply") from problem
    except ValueError as problem:  # Python reads no number of thousands of digits
        raise DraftError("", "a number in it has too many digits") from problem
    return draft_of(table)


def draft_of(table: Mapping[str, Any]) -> Draft:
    """The draft that a table says."""
    more = {name: table[name] for name in KNOWN if name in table}
    own = {name: value for name, value in table.items() if name not in KNOWN}
    _refuse_strange(own)
    payers = [payer_change(Cells(own, ""))] if own or not more else []
    cells = Cells(more, "")
    payers += map(payer_change, cells.tables("payer"))
    codings = tuple(map(coding_change, cells.tables("coding")))
    tables = tuple(read(row) for name, read in TABLES.items() for row in cells.tables(name))
    _each_once(payers, codings, tables)
    return Draft(tuple(payers), codings, tables)


def _refuse_strange(own: Mapping[str, Any]) -> None:
    """Raise for a part that neither a draft nor a payer's file has, and for demands that name no payer."""
    strange = next((name for name in own if name not in OF_PAYER), None)
    if strange is not None:
        near = get_close_matches(strange, [*KNOWN, *OF_PAYER], n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        parts = [*OF_PAYER, *KNOWN] if "key" in own else KNOWN
        raise DraftError(strange, f"is no part of a draft. Its parts are {', '.join(parts)}{meant}")
    if own and "key" not in own:
        raise DraftError("key", 'is missing: it says which payer this is about, such as key = "medicaid"')


def _each_once(payers: list[PayerChange], codings: tuple[CodingChange, ...], tables: tuple[TableChange, ...]) -> None:
    for payer, other in combinations(payers, 2):
        if payer.key == other.key:
            raise DraftError(other.place, f"{payer.key} stands twice")
    for coding, second in combinations(codings, 2):
        if (coding.drug, coding.coding.code) == (second.drug, second.coding.code) and meet(
            coding.coding, second.coding
        ):
            raise DraftError(second.place, f"{coding.coding.code} stands twice for the same days")
    for row, again in combinations(tables, 2):
        if (row.table, row.key) == (again.table, again.key) and meet(row, again):
            raise DraftError(again.place, f"{_said(row.key)} stands twice for the same days")


def _said(key: object) -> str:
    return " ".join(key) if isinstance(key, tuple) else str(key)
