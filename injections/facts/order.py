"""What was ordered, and the small facts that a dose is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from injections.facts.drug import Package
from injections.facts.people import Clinician
from injections.facts.stated import Stated
from injections.quantity import Quantity

Day = date  #: the type, for classes that have a field of that name


@dataclass(frozen=True, slots=True)
class Order:
    """What the practitioner asked for. ``kind`` is ``once``, ``series``, ``protocol`` or ``spoken``.

    ``stopped`` is the day of the stop where the dose came after it, ``paused_until`` the first day after the
    wait in which it came. ``starts`` is the first day of its first dose, ``gap_days`` the fewest days after the dose
    before it under which the order lets this one come, the days that it may be early taken off. ``doses_given`` are
    those before this one, of ``doses_planned``; ``None`` where nobody counts them.
    """

    present: bool = True
    kind: str = "once"
    signed: bool | None = None
    date: Day | None = None
    expires: Day | None = None
    drug: str | None = None
    dose: Quantity | None = None
    route: str | None = None
    frequency: str | None = None
    clinician: Clinician | None = None
    reason: str | None = None
    #: the drug's name as the screen writes it, with its capitals
    display: str | None = None
    stopped: Day | None = None
    paused_until: Day | None = None
    starts: Day | None = None
    gap_days: int | None = None
    doses_planned: int | None = None
    doses_given: int | None = None

    @property
    def called(self) -> str:
        """The ordered drug's name for a sentence."""
        return self.display or self.drug or "the drug"


@dataclass(frozen=True, slots=True)
class Container:
    """One of several containers that a dose came from. Amounts are of the drug, not of the liquid."""

    ndc: str | None = None
    package: Package | None = None
    lot: Stated[str] = None
    expires: Stated[date] = None
    holds: Quantity | None = None
    single_dose: bool | None = None
    used: Quantity | None = None
    discarded: Stated[Quantity] = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SplitSite:
    """One stick of an ordered dose that was divided."""

    site: str | None = None
    side: str | None = None
    volume: Quantity | None = None
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """One ordered dose over several sticks, and why."""

    parts: int
    reason: str | None = None
    sites: tuple[SplitSite, ...] = ()


@dataclass(frozen=True, slots=True)
class Lab:
    """A result that supports the dose."""

    name: str
    value: Decimal | None = None
    unit: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """Who agreed, and through whom."""

    given: bool
    by: str | None = None
    interpreter: str | None = None


@dataclass(frozen=True, slots=True)
class InformationStatement:
    """The sheet that goes along with a vaccine: the edition printed on it, and the day somebody handed it over."""

    edition: date
    given_on: date

    @property
    def possible(self) -> bool:
        """A sheet is printed before it is handed over."""
        return self.edition <= self.given_on


@dataclass(frozen=True, slots=True)
class Observation:
    """The wait after the dose: minutes watched, how it ended and the response at its end."""

    minutes: int | None = None
    ended: str | None = None
    response: str | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A stop that a named person answered with a reason: the act had already happened, or was judged right."""

    rule: str
    reason: str
    by: str = ""


class Status(StrEnum):
    """What became of the dose."""

    GIVEN = "given"
    PARTLY = "partly"
    NOT_GIVEN = "not-given"
    REFUSED = "refused"
    ENTERED_IN_ERROR = "entered-in-error"


class Source(StrEnum):
    """Whose drug it was."""

    STOCK = "stock"
    PATIENT = "patient"
    SPECIALTY_PHARMACY = "specialty-pharmacy"
    SAMPLE = "sample"
    STATE = "state"
    FACILITY = "facility"
    ALREADY_BILLED = "already-billed"
