"""Tables as CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None

#: what makes a spreadsheet take a cell for a formula, in half and full width
STARTS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The whole file as text: a heading row, then one line for each row, ended the way RFC 4180 says."""
    return "".join(streamed(columns, rows))


def streamed(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The same line by line, so that no more is held than is being written."""
    writer = csv.writer(_Passing(), lineterminator="\r\n")
    yield str(writer.writerow(columns))
    for row in rows:
        yield str(writer.writerow([cell(value) for value in row]))


class _Passing:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def cell(value: Cell) -> str:
    """One value as it stands in the file: text whole, and ``'`` before what could start a formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value).replace("\0", "")
    bare = text.lstrip("' \u00a0\u3000")  # a mark that was typed gets another, so that reading back takes off ours
    harmless = _NUMBER.fullmatch(text) or not bare or bare[0] not in STARTS_FORMULA
    return text if harmless else f"'{text}"
