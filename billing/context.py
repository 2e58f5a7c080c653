"""What the bill needs to know beside the chart: who pays, what was agreed, what else was billed. Frozen, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from billing.reference.payers import Payer


@dataclass(frozen=True, slots=True)
class Abn:
    """The Advance Beneficiary Notice: ``kind`` is ``required`` (GA), ``voluntary`` (GX) or ``excluded`` (GY)."""

    signed: bool
    date: date | None = None
    kind: str = "required"


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line that the practice already bills for this patient and date."""

    code: str
    units: int = 1
    modifiers: tuple[str, ...] = ()
    clinician: str | None = None


@dataclass(frozen=True, slots=True)
class Authorization:
    """A payer's approval of a drug for some days and units."""

    hcpcs: str
    number: str = ""
    since: date | None = None
    until: date | None = None
    units_left: int | None = None
    #: the only package and the only place of service that it is for, where the plan named one
    ndc: str = ""
    place: str = ""

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class GlobalPeriod:
    """Surgery whose after-care is already paid: how long, by whom, and whether this visit belongs to it."""

    days: int
    same_group: bool | None = None
    related: bool | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """How far the claim is: the day on which it is asked about, and the limit where the contract names one."""

    as_of: date
    limit_days: int | None = None
    #: what became of the first claim: ``unprocessable``, ``denied``, or ``paid-wrong``; and the payer's number for it
    previous: str | None = None
    previous_number: str = ""
    #: the day on which the first payer answered, where this payer pays second
    primary_answered: date | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What the plan answered about the patient, and on which day it was asked."""

    active: bool | None = None
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class BillingContext:
    """Everything that a billing rule may look at beside the encounter and the reference."""

    payer: Payer
    authorizations: tuple[Authorization, ...] = ()
    authorization_required: frozenset[str] = frozenset()
    same_day: tuple[BilledLine, ...] = ()
    contractor: str | None = None
    abn: Abn | None = None
    restricted_disclosure: bool = False
    global_period: GlobalPeriod | None = None
    filing: Filing | None = None
    eligibility: Eligibility | None = None
    #: drugs that this plan covers through the pharmacy, not through the clinic's claim
    pharmacy_benefit: frozenset[str] = frozenset()
    locality: str | None = None
