"""What publishers brought out, as imported: files, the days that they speak for, and rows that hold on some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One imported file. ``whole``: what it does not name is not in force. ``part``: which of NCCI's four it is."""

    table: str
    name: str
    edition: str
    since: date
    until: date | None = None
    whole: bool = True
    part: int | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def end(self) -> date:
        return self.until or date.max


class Span(NamedTuple):
    """The days on which a row holds (an open end is ``None``), and the file that says so."""

    since: date | None
    until: date | None
    file: PublishedFile

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def held(rows: tuple[tuple[Span, Value], ...], day: date) -> tuple[Span, Value] | None:
    """The row that holds on a day; the database keeps it to one."""
    for row in rows:
        if row[0].covers(day):
            return row
    return None
