"""Rows of the public tables that a charge is checked against, and how long each table speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """The dates of service that a table was published for."""

    table: str
    since: date
    until: date
    source: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class PairEdit:
    """Two codes that are not paid side by side: the first is paid; a modifier may part them, or may not."""

    column1: str
    column2: str
    modifier_allowed: bool


@dataclass(frozen=True, slots=True)
class UnitLimit:
    """The most units of a code that Medicare expects for one patient and day.

    ``indicator`` 1 limits a line, 2 is a policy that no appeal moves, 3 can be appealed with records.
    """

    code: str
    units: int
    indicator: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place of service: whether its costs are billed by a facility, in our own words."""

    code: str
    name: str
    facility: bool


@dataclass(frozen=True, slots=True)
class Price:
    """What Medicare allows for one unit, in dollars, on some dates of service.

    ``coinsurance`` is the patient's part in percent where the price file has one for the code. ``how`` is the sum, and
    ``local`` tells an amount of the locality from a national one. ``multiple`` and ``bilateral`` are the fee
    schedule's indicators. ``table`` and ``edition`` are empty for what ships.
    """

    code: str
    amount: Decimal
    since: date
    until: date
    source: str = ""
    coinsurance: Decimal | None = None
    table: str = ""
    edition: str = ""
    how: str = ""
    local: bool = False
    multiple: str = ""
    bilateral: str = ""


@dataclass(frozen=True, slots=True)
class AddOn:
    """What an add-on code stands beside. ``open``: the payer's contractor accepts others too."""

    primaries: frozenset[str]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Replacement:
    """A code that ended, its last day of service, and the code that took over."""

    code: str
    until: date
    successor: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class UsuallySelfGiven:
    """A drug that Medicare holds to be usually given by patients themselves, and therefore does not cover."""

    code: str
    routes: frozenset[str]
    since: date
    until: date | None = None
    contractor: str | None = None
    source: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class DiagnosisCodes:
    """The published diagnosis codes: the complete ones, and the headings that need more characters."""

    complete: frozenset[str]
    headings: frozenset[str]
