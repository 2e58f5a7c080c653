"""Rows of cells from a text with separators or from a workbook, and the header that names the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from billing.imports import workbook
from billing.imports.cells import Cells
from billing.imports.refusal import Refused, shown
from billing.imports.source import Line, Source

#: rows that may stand before the header: titles, notes, copyright
MAX_PREAMBLE = 60
MAX_COLUMNS = 1000
LONGEST_HEADING = 60


class Record(NamedTuple):
    """One row, and the line on which it begins."""

    line: int
    cells: list[str]

    @property
    def says_anything(self) -> bool:
        return any(cell.strip() for cell in self.cells)


#: our name of a column -> how files head it; compared without case, blanks and punctuation
Headings = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands, and how many cells the header has.

    ``strict`` is a text file, where a short row has been cut off; workbooks leave out empty cells at the end.
    """

    places: Mapping[str, int]
    count: int
    strict: bool

    @property
    def width(self) -> int:
        return max(self.places.values()) + 1

    def text(self, record: Record, name: str) -> str:
        """One cell, "" where the file has no such column or the row ends before it."""
        at = self.places.get(name, len(record.cells))
        return record.cells[at].strip() if at < len(record.cells) else ""

    def cells(self, record: Record) -> Cells:
        if self.strict and len(record.cells) < self.width:
            raise Refused(f"{len(record.cells)} cells where the header names {self.width}", record.line)
        if any(cell.strip() for cell in record.cells[self.count :]):
            raise Refused(f"the line has more cells than the {self.count} of the header", record.line)
        return Cells(record.line, {name: self.text(record, name) for name in self.places})


def records(source: Source, separator: str = ",", *, quoted: bool = True) -> Iterator[Record]:
    """Every row that says anything."""
    found: Iterator[Record]
    if source.is_workbook:
        found = (Record(row.number, row.cells) for row in workbook.rows(source))
    elif quoted:
        found = _separated(source.lines(), separator)
    else:
        found = (Record(line.number, line.text.split(separator)) for line in source.lines())
    for record in found:
        if len(record.cells) > MAX_COLUMNS:
            raise Refused(f"the line has more than {MAX_COLUMNS:,} cells", record.line)
        if record.says_anything:
            yield record


def _separated(lines: Iterator[Line], separator: str) -> Iterator[Record]:
    """Quoted cells may hold line breaks; a quotation mark that never closes is refused where it opened."""
    reader = csv.reader((line.text + "\n" for line in lines), delimiter=separator, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise Refused(
                "the quotation marks on this line do not match, or the file is cut off here", begins
            ) from broken
        yield Record(begins, cells)


def with_header(
    found: Iterator[Record], headings: Headings, optional: Headings | None = None, *, strict: bool
) -> tuple[list[Record], Columns, Iterator[Record]]:
    """What stands before the header, where the columns are, and the rows behind it.

    The header is the first row that holds the heading of our first column. Columns may stand in any order.
    """
    first = next(iter(headings))
    before: list[Record] = []
    for record in found:
        if any(_heads(plain(cell), spelling) for cell in record.cells for spelling in headings[first]):
            return before, columns_of(record, headings, optional or {}, strict=strict), found
        before.append(record)
        if len(before) > MAX_PREAMBLE:
            break
    raise no_header(before, headings[first][0].lstrip("~"))


def columns_of(header: Record, headings: Headings, optional: Headings, *, strict: bool) -> Columns:
    """Where each heading stands; every one of ``headings`` must be there."""
    texts = [plain(cell) for cell in header.cells]
    places: dict[str, int] = {}
    for name, spellings in chain(headings.items(), optional.items()):
        at = _place(texts, spellings)
        if len(at) > 1:
            raise Refused(f"two columns are headed {shown(spellings[0].lstrip('~'))}", header.line)
        if at:
            places[name] = at[0]
        elif name in headings:
            raise Refused(
                f"the header has no column {shown(spellings[0].lstrip('~'))}; it has {_listed(header)}", header.line
            )
    return Columns(places, len(header.cells), strict)


def _place(texts: list[str], spellings: tuple[str, ...]) -> list[int]:
    """Where the first spelling that is found stands."""
    for spelling in spellings:
        at = [place for place, text in enumerate(texts) if _heads(text, spelling)]
        if at:
            return at
    return []


def _heads(text: str, spelling: str) -> bool:
    """A spelling that begins with ~ may be any part of a heading, but not of a sentence."""
    if spelling.startswith("~"):
        return plain(spelling) in text and len(text) <= LONGEST_HEADING
    return bool(text) and text == plain(spelling)


def no_header(before: list[Record], wanted: str) -> Refused:
    """What to tell when no row is the header."""
    if not before:
        return Refused(f"expected the header {shown(wanted)}, found an empty file", 1)
    # The row that looks most like a header is the one that a person would look at.
    like = max(before, key=lambda record: sum(1 for cell in record.cells if cell.strip()))
    return Refused(f"expected the header {shown(wanted)}, found {_listed(like)}", like.line)


def _listed(record: Record) -> str:
    named = [shown(cell) for cell in record.cells if cell.strip()]
    return ", ".join(named[:3]) + (" …" if len(named) > 3 else "")


def plain(text: str) -> str:
    """A heading without case, blanks and punctuation: "HCPCS/ CPT Code" is "hcpcscptcode"."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
