"""Rows of the first sheet of an .xlsx, pulled out piece by piece.

A workbook is a zip of XML. Only cell texts matter here, so a small reader over expat does: it refuses document
types and entities (which could unfold without end) and counts what it unpacks.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple
from xml.parsers import expat  # nosec B407 # entities and document types are refused below

from billing.imports.refusal import Refused
from billing.imports.source import Source

MAX_UNPACKED = 1024**3
MAX_COLUMNS = 300
_CHUNK = 256 * 1024
_SHARED = "xl/sharedStrings.xml"
_WHERE = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")
_WHOLE = re.compile(r"^([0-9]+)\.0$")


class SheetRow(NamedTuple):
    """One row of the sheet by its own number."""

    number: int
    cells: list[str]


def rows(source: Source) -> Iterator[SheetRow]:
    """The rows of the first sheet that hold anything."""
    try:
        with zipfile.ZipFile(source.path) as book:
            shared = _shared_strings(book)
            sheet = _Sheet(shared)
            with book.open(_first_sheet(book)) as member:
                for _ in _fed(member, sheet.parser):
                    yield from sheet.taken()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as broken:
        raise Refused("the workbook is damaged or cut off; fetch it again") from broken


def _first_sheet(book: zipfile.ZipFile) -> str:
    sheets = [name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet[0-9]+\.xml", name)]
    if not sheets:
        raise Refused("the workbook has no sheet")
    return min(sheets, key=lambda name: (len(name), name))


def _shared_strings(book: zipfile.ZipFile) -> list[str]:
    if _SHARED not in book.namelist():
        return []
    strings = _Strings()
    with book.open(_SHARED) as member:
        for _ in _fed(member, strings.parser):
            pass
    return strings.texts


def _fed(member: IO[bytes], parser: expat.XMLParserType) -> Iterator[None]:
    """Hand the XML to the parser, and stop after each piece."""
    read = 0
    try:
        while chunk := member.read(_CHUNK):
            read += len(chunk)
            if read > MAX_UNPACKED:
                raise Refused("the workbook unpacks to more than any public table holds")
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as broken:
        raise Refused("the workbook is damaged: its XML does not end where it should") from broken


def _parser(start: Callable[..., None], end: Callable[..., None], text: Callable[..., None]) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_declaration
    return parser


def _refuse_declaration(*_declared: object) -> None:
    raise Refused("the workbook declares XML entities, which no Office program writes")


class _Strings:
    """The texts that cells point at. Formatted pieces (`r`) of one text are joined; phonetic notes (`rPh`) are not."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.wanted = self.phonetic = False
        self.parser = _parser(self.start, self.end, self.text)

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "si":
            self.pieces = []
        self.phonetic = self.phonetic or tag == "rPh"
        self.wanted = tag == "t" and not self.phonetic

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        self.wanted = False
        if tag == "rPh":
            self.phonetic = False
        elif tag == "si":
            self.texts.append("".join(self.pieces))

    def text(self, text: str) -> None:
        if self.wanted:
            self.pieces.append(text)


class _Sheet:
    """The cells of a sheet. ``t`` of a cell: ``s`` points at a shared text, ``inlineStr`` holds its own."""

    def __init__(self, shared: list[str]) -> None:
        self.shared = shared
        self.ready: list[SheetRow] = []
        self.row: dict[int, str] = {}
        self.number = self.column = 0
        self.kind = ""
        self.pieces: list[str] = []
        self.wanted = False
        self.parser = _parser(self.start, self.end, self.text)

    def taken(self) -> list[SheetRow]:
        ready, self.ready = self.ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            said = attributes.get("r", "")
            self.number = int(said) if re.fullmatch(r"[0-9]{1,7}", said) else self.number + 1
            self.row, self.column = {}, -1
        elif tag == "c":
            self.kind, self.pieces = attributes.get("t", ""), []
            self.column = self._column(attributes.get("r", ""))
        self.wanted = tag in ("v", "t")

    def _column(self, where: str) -> int:
        match = _WHERE.match(where)
        place = self.column + 1
        if match:
            place = 0
            for letter in match.group(1):
                place = place * 26 + ord(letter) - 64
            place -= 1
        if place >= MAX_COLUMNS:
            raise Refused(f"the sheet has more than {MAX_COLUMNS} columns", self.number)
        return place

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        self.wanted = False
        if tag == "c" and self.pieces:
            self.row[self.column] = self._value("".join(self.pieces))
        elif tag == "row" and self.row:
            cells = [self.row.get(place, "") for place in range(max(self.row) + 1)]
            self.ready.append(SheetRow(self.number, cells))

    def _value(self, text: str) -> str:
        if self.kind == "s":
            place = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
            if not 0 <= place < len(self.shared):
                raise Refused("a cell points at a text that is not in the workbook", self.number)
            return self.shared[place]
        whole = _WHOLE.match(text)
        return whole.group(1) if whole else text

    def text(self, text: str) -> None:
        if self.wanted:
            self.pieces.append(text)
