"""A file as it lies on the disk: plain text, gzip, a zip of one file, or a workbook. Read in lines, never whole."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, NamedTuple, cast

from billing.imports.refusal import Refused

#: unpacked bytes; the largest public table (all NCCI pairs in one text) is a tenth of this
MAX_BYTES = 4 * 1024**3
MAX_LINE = 200_000
_CHUNK = 1024 * 1024
_BROKEN = (EOFError, OSError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)


class Line(NamedTuple):
    """One line without its end, and its number as an editor counts."""

    number: int
    text: str


@dataclass(frozen=True)
class Source:
    """One file that somebody gave us. ``sha256`` is of the file as given, so that anybody can check it."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @cached_property
    def sha256(self) -> str:
        digest = hashlib.sha256()
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    @cached_property
    def is_zip(self) -> bool:
        return self._begins(b"PK\x03\x04")

    @cached_property
    def is_workbook(self) -> bool:
        """A zip that says what an Office document says about itself."""
        return self.is_zip and "[Content_Types].xml" in self._members()

    @cached_property
    def names(self) -> str:
        """The name of the file and, in a zip, of the file inside: either may say which quarter it is."""
        return f"{self.name} {self._only_member()}" if self.is_zip and not self.is_workbook else self.name

    def lines(self) -> Iterator[Line]:
        """The text, line by line. UTF-8 where a line is that, else cp1252, which CMS writes."""
        total = 0
        with self._unpacked() as file:
            number = 0
            while raw := _read_line(file, number + 1):
                number, total = number + 1, total + len(raw)
                if total > MAX_BYTES:
                    raise Refused("the file is larger than any public table", number)
                yield Line(number, _decoded(raw, number))

    @contextmanager
    def _unpacked(self) -> Iterator[IO[bytes]]:
        if self._begins(b"\x1f\x8b"):
            with gzip.open(self.path, "rb") as file:
                yield cast("IO[bytes]", file)
        elif self.is_workbook:
            raise Refused("this is an Excel workbook, and this table is published as text")
        elif self.is_zip:
            with zipfile.ZipFile(self.path) as archive, archive.open(self._only_member()) as member:
                yield member
        else:
            with self.path.open("rb") as plain:
                yield plain

    def _begins(self, with_bytes: bytes) -> bool:
        with self.path.open("rb") as file:
            return file.read(len(with_bytes)) == with_bytes

    def _members(self) -> list[str]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                return [entry.filename for entry in archive.infolist() if not entry.is_dir()]
        except _BROKEN as broken:
            raise Refused("the zip cannot be opened; it may have been cut off on the way") from broken

    def _only_member(self) -> str:
        members = self._members()
        if len(members) != 1:
            raise Refused(f"the zip holds {len(members)} files; unpack it and import the one that is meant")
        return members[0]


def _read_line(file: IO[bytes], number: int) -> bytes:
    try:
        raw = file.readline(MAX_LINE + 1)
    except _BROKEN as broken:
        raise Refused("the packed file ends too early or is damaged; fetch it again", number) from broken
    if len(raw) > MAX_LINE:
        raise Refused(f"this line is longer than {MAX_LINE:,} bytes", number)
    return raw


def _decoded(raw: bytes, number: int) -> str:
    if number == 1:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Refused("the file is 'Unicode text' (UTF-16); save it as CSV or plain text", number)
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in raw:
        raise Refused("there is a character here that is not text (NUL)", number)
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            continue
    raise Refused("there is a letter here that is neither UTF-8 nor cp1252", number)
