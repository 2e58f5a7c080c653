"""Rows that hold on some days, and what is left of one where another takes its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

_DAY = timedelta(days=1)


class Dated(Protocol):
    """A row that holds from ``since`` to ``until``, both included; an open end is ``None``."""

    @property
    def since(self) -> date | None: ...

    @property
    def until(self) -> date | None: ...


Row = TypeVar("Row", bound=Dated)


def meet(one: Dated, other: Dated) -> bool:
    """Whether both hold on some day."""
    earliest, latest = date.min, date.max
    return (one.since or earliest) <= (other.until or latest) and (other.since or earliest) <= (one.until or latest)


def covers(row: Dated, day: date) -> bool:
    return (row.since is None or row.since <= day) and (row.until is None or day <= row.until)


def without(row: Row, taken: Dated) -> tuple[Row, ...]:
    """The row on the days that another one does not take."""
    if not meet(row, taken):
        return (row,)
    whole: Any = row
    parts = []
    if taken.since and (row.since is None or row.since < taken.since):
        parts.append(replace(whole, until=taken.since - _DAY))
    if taken.until and taken.until < date.max and (row.until is None or row.until > taken.until):
        parts.append(replace(whole, since=taken.until + _DAY))
    return tuple(parts)
