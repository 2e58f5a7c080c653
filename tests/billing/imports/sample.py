"""What a small file of a layout is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """One layout: the kind it is imported as, a file name that tells the quarter, its text, and how many rows it holds.

    ``money``: a cell that holds an amount. ``end``: the line end that the publisher writes.
    """

    kind: str
    name: str
    lines: tuple[str, ...]
    rows: int
    money: str = ""
    first_row: int = 2
    end: str = "\r\n"
    encoding: str = "cp1252"

    @property
    def text(self) -> str:
        return self.end.join(self.lines) + self.end

    @property
    def content(self) -> bytes:
        return self.text.encode(self.encoding)
