"""Days and clock times in a visit document. What could be two days is asked about, never guessed."""

from __future__ import annotations

import re
from calendar import month_abbr, monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from typing import Any

from billing.visit_json.values import VisitError, text

_MONTHS = {name.casefold(): number for number, name in enumerate(month_abbr) if name}
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTH_IN_WORDS = (
    re.compile(r"(?P<m>[a-z]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2}) (?P<m>[a-z]{3,9})\.?,? (?P<y>\d{4})"),
)
_CLOCK = re.compile(r"(\d{1,2}):?(\d{2})(?::(\d{2}))?\s*(?:([ap])\.?m\.?)?")


def day(value: Any, path: str) -> date:
    """A day: ``2026-10-06``, or another writing that can mean one day only. A clock time behind it is left out."""
    written = text(value, path)
    read = _iso(written) or _other(written)
    if read is not None:
        return read
    could_be = sorted(set(_with_year_last(written)))
    if len(could_be) == 1:
        return could_be[0]
    either = f" could be {' or '.join(d.isoformat() for d in could_be)}: write it so" if could_be else ""
    raise VisitError(path, f'"{written}"{either or " is not a date: write it as 2026-10-06"}')


def _iso(written: str) -> date | None:
    """``2026-10-06``, ``20261006`` and ``2026-10-06T09:21``."""
    for parse in (date.fromisoformat, lambda w: datetime.fromisoformat(w).date()):
        try:
            return parse(written)
        except ValueError:
            continue
    return None


def _other(written: str) -> date | None:
    if found := _YEAR_FIRST.fullmatch(written):
        return _real(int(found[1]), int(found[2]), int(found[3]))
    words = " ".join(written.casefold().split())
    for shape in _MONTH_IN_WORDS:
        found = shape.fullmatch(words)
        if found and (month := _MONTHS.get(found["m"][:3])):
            return _real(int(found["y"]), month, int(found["d"]))
    return None


def _with_year_last(written: str) -> Iterator[date]:
    """``10/06/2026`` is the sixth of October here and the tenth of June elsewhere; ``03/14/1956`` is one day."""
    if found := _YEAR_LAST.fullmatch(written):
        first, second, year = (int(part) for part in found.groups())
        yield from filter(None, (_real(year, first, second), _real(year, second, first)))


def _real(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def expiry(value: Any, path: str) -> date:
    """A day, or the month that a label names: the drug is then good through its last day."""
    named = re.fullmatch(r"(?:(?P<y>\d{4})-(?P<m>\d{2})|(?P<m2>\d{1,2})/(?P<y2>\d{4}))", text(value, path))
    if named is None:
        return day(value, path)
    year, month = int(named["y"] or named["y2"]), int(named["m"] or named["m2"])
    if year < 1 or not 1 <= month <= 12:
        return day(value, path)
    return date(year, month, monthrange(year, month)[1])


def moment(value: Any, path: str, zone: tzinfo, visit_day: date | None) -> datetime:
    """A day with a clock time, or a clock time of the visit's own day; without a zone it is the practice's own."""
    written = text(value, path)
    if (clock := _clock(written)) is not None and visit_day is not None:
        return datetime.combine(visit_day, clock, zone)
    first, _, second = written.partition(" ")
    if second and (clock := _clock(second)) is not None:
        return datetime.combine(day(first, path), clock, zone)
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        raise VisitError(path, f'"{written}" is not a date with a time: write it as 2026-10-06T09:21') from None
    if re.fullmatch(r"[\dW-]*", written):
        raise VisitError(path, f'"{written}" has no clock time: write it as 2026-10-06T09:21')
    return read if read.tzinfo else read.replace(tzinfo=zone)


def _clock(written: str) -> time | None:
    """``09:21``, ``0921`` and ``9:21 AM``."""
    found = _CLOCK.fullmatch(written.casefold())
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
