"""Bytes of a CSV file to rows of text by column name: any spreadsheet's encoding, line ends and separator."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MAX_BYTES = 1_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_PROBLEMS = 100

_BEGINNINGS = {
    b"PK\x03\x04": "This is an Excel workbook. Open it in Excel and save it as “CSV UTF-8”.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook. Open it in Excel and save it as “CSV UTF-8”.",
    b"%PDF": "This is a PDF. Choose the CSV file that your system exports.",
    b"\xff\xfe": "This file is “Unicode text”. Save it again as “CSV UTF-8”.",
    b"\xfe\xff": "This file is “Unicode text”. Save it again as “CSV UTF-8”.",
}
_HALF_UTF8 = re.compile(rb"^\xef\xbb\xbf|[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason not to take the file. ``line`` is the line as an editor counts it; 0 is the file as a whole."""

    line: int
    message: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line it starts on, and its text by our name of the column ("" where the file has none)."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. With any problem, ``lines`` must not be used."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Column:
    """A column by our name, the words people head it with, and whether a file must have it."""

    name: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    title: str = field(default="")

    @property
    def shown(self) -> str:
        return self.title or self.name.replace("_", " ")


def read_table(content: bytes, columns: tuple[Column, ...]) -> Table:
    """The rows of a CSV file, or why it cannot be read."""
    try:
        return _rows(_text(content), columns)
    except _Refused as refused:
        return Table(problems=(refused.problem,))


class _Refused(Exception):
    """The file cannot be read any further."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.problem = Problem(line, message)


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _Refused("This file is larger than 1 MB. Split it and import the parts one after the other.")
    for beginning, message in _BEGINNINGS.items():
        if content.startswith(beginning):
            raise _Refused(message)
    if b"\0" in content:
        before = content[: content.index(b"\0")]
        raise _Refused("There is a character here that is not text. Save the file as “CSV UTF-8”.", _line_of(before))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        bad = problem.start
    try:
        if not _HALF_UTF8.search(content):  # else one bad letter would turn every accent into two wrong letters
            return content.decode("cp1252")
    except UnicodeDecodeError as problem:
        bad = problem.start
    raise _Refused("There is a letter here that cannot be read. Save the file as “CSV UTF-8”.", _line_of(content[:bad]))


def _line_of(before: bytes) -> int:
    return 1 + len(re.findall(rb"\r\n|\r|\n", before))


def _rows(text: str, columns: tuple[Column, ...]) -> Table:
    records = _records(text)
    heading = next(records, None)
    if heading is None:
        raise _Refused("This file is empty. The first line must name the columns.")
    places, ignored = _places(heading, columns)
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, cells in records:
        if len(lines) == MAX_ROWS:
            raise _Refused(f"This file has more than {MAX_ROWS:,} rows. Split it and import the parts.", number)
        if len(cells) > len(heading[1]) and any(cell.strip() for cell in cells[len(heading[1]) :]):
            problems.append(Problem(number, "This line has more cells than the first line has columns."))
        row = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        lines.append(Line(number, {column.name: row.get(column.name, "") for column in columns}))
    if not lines:
        raise _Refused("This file names its columns but has no rows. Add one line for each row.")
    return Table(tuple(lines), tuple(problems[:MAX_PROBLEMS]), ignored, frozenset(places))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that says anything, with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        starts = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _Refused(
                "The quotation marks on this line do not match. Correct the line and try again.", starts
            ) from None
        if any(cell.strip() for cell in cells):
            yield starts, cells


def _separator(text: str) -> str:
    """What stands between cells: whatever the first line has most of."""
    first = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    return max(",;\t", key=first.count)


def _places(heading: tuple[int, list[str]], columns: tuple[Column, ...]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each of our columns stands, and the headings that mean nothing to us."""
    line, headings = heading
    if len(headings) > MAX_COLUMNS:
        raise _Refused(f"This file has more than {MAX_COLUMNS} columns. Leave out those that are not needed.", line)
    known = {plain(word): column for column in columns for word in (column.name, *column.synonyms)}
    places: dict[str, int] = {}
    ignored = []
    for place, text in enumerate(headings):
        column = known.get(plain(text))
        if column is None:
            ignored.append(" ".join(text.split())[:40])
        elif column.name in places:
            raise _Refused(f"Two columns are the {column.shown}. Keep one of them.", line)
        else:
            places[column.name] = place
    missing = [column.shown for column in columns if column.required and column.name not in places]
    if missing:
        raise _Refused(f"The first line must name the columns. Not found: {', '.join(missing)}.", line)
    return places, tuple(word for word in ignored if word)


def plain(text: str) -> str:
    """A heading without case, spaces and punctuation: "Date of Birth" is "dateofbirth"."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
