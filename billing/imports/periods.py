"""From which day of service a file speaks, and to which: read from its first lines, else from its name."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from billing.imports.refusal import Refused

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SPELLED = _MONTH + r"\.?\s+([0-9]{1,2}),?\s+([0-9]{4})"
_THROUGH = re.compile(_SPELLED + r"\s+(?:through|to|-)\s+" + _SPELLED, re.IGNORECASE)

#: shapes of file names, most telling first: (year, month) each
_NAMED = (
    re.compile(r"eff[_-]?(?P<month>[0-9]{2})-[0-9]{2}-(?P<year>20[0-9]{2})"),
    re.compile(r"(?P<year>20[0-9]{2})[ _-]?q(?P<quarter>[1-4])"),
    re.compile(r"v(?P<ncci>[2-9][0-9])(?P<part>[0-3])r[0-9]"),
    re.compile(r"(?:rvu|pfrev|pfall)_?(?P<short>[0-9]{2})(?P<letter>[a-d])"),
    re.compile(r"(?P<year>20[0-9]{2})[ _-]*" + _MONTH.replace("(jan", "(?P<spelled>jan", 1)),
    re.compile(_MONTH.replace("(jan", "(?P<spelled>jan", 1) + r"[ _-]*(?:[0-9]{1,2}[ _-]+)?(?P<year>20[0-9]{2})"),
    re.compile(r"(?P<year>20[0-9]{2})[_-](?P<month>01|04|07|10)(?![0-9])"),
)
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day; an open end lasts."""

    since: date
    until: date | None = None

    @property
    def quarter(self) -> Days:
        """From the first day to the end of its quarter."""
        return Days(self.since, quarter_end(self.since))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person said about the file, which goes before what the file says. ``excerpt``: not the whole table."""

    since: date | None = None
    until: date | None = None
    excerpt: bool = False

    def days(self, found: Days | None) -> Days:
        """The days that the file speaks for. Raises :class:`Refused` when nobody knows."""
        since = self.since or (found.since if found else None)
        if since is None:
            raise Refused("neither the file nor its name says from when it holds; add --since 2026-07-01")
        ends = found.until if found and found.since == since else None
        until = self.until or ends
        if until is not None and until < since:
            raise Refused(f"the file would hold from {since} to {until}, which ends before it begins")
        return Days(since, until)

    def quarter(self, found: Days | None) -> Days:
        """The same for a table that is published anew each quarter."""
        days = self.days(found)
        return days if days.until else days.quarter


def stated(texts: Iterable[str]) -> Days | None:
    """ "Effective January 1, 2026 through March 31, 2026" in the lines before the header."""
    for text in texts:
        match = _THROUGH.search(text)
        if match:
            first, last = match.groups()[:3], match.groups()[3:]
            return Days(_day(*first), _day(*last))
    return None


def _day(month: str, day: str, year: str) -> date:
    try:
        return date(int(year), _MONTHS[month.lower()], int(day))
    except ValueError as wrong:
        raise Refused(f"'{month} {day}, {year}' is not a day") from wrong


def named(names: str) -> Days | None:
    """The quarter that a file name tells: 2024q3, Eff_07-01-2026, v322r0 (NCCI 32.2), PFREV26B, 2026_Jul."""
    names = names.lower()
    for shape in _NAMED:
        match = shape.search(names)
        if match:
            said = match.groupdict()
            return Days(date(_year(said), _month(said), 1)).quarter
    return None


def _year(said: dict[str, str | None]) -> int:
    if said.get("ncci"):
        return 1994 + int(said["ncci"] or 0)  # NCCI counts its versions from 1994: 32.x is 2026
    return 2000 + int(said["short"] or 0) if said.get("short") else int(said["year"] or 0)


def _month(said: dict[str, str | None]) -> int:
    if said.get("month"):
        month = int(said["month"] or 0)
        return month if 1 <= month <= 12 else 1
    if said.get("spelled"):
        return _MONTHS[said["spelled"] or ""]
    if said.get("quarter"):
        return int(said["quarter"] or 1) * 3 - 2
    if said.get("part"):
        return int(said["part"] or 0) * 3 + 1
    return "abcd".index(said.get("letter") or "a") * 3 + 1


def named_year(names: str) -> int | None:
    match = _YEAR.search(re.sub(r"[a-z_.]", " ", names.lower()))
    return int(match.group(1)) if match else None


def quarter_end(day: date) -> date:
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year, month, monthrange(day.year, month)[1])
