"""What a billing rule may say. Every outcome is a frozen value; the engine adds the address of the rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Union

from injections.findings import Finding, Gate, Owner, Severity, Until

__all__ = [
    "POINTERS",
    "Charge",
    "ClaimField",
    "Finding",
    "Gate",
    "Kind",
    "Modifier",
    "NdcLine",
    "Outcome",
    "Owner",
    "Repeat",
    "Severity",
    "Until",
    "Withheld",
    "chart_gap",
    "claim_gap",
    "notice",
    "signed",
]


#: diagnoses that one line of a claim can point to (CMS-1500 item 24E)
POINTERS = 4


class Kind(StrEnum):
    """What a line is for; the order is the order on the claim."""

    __hash__ = str.__hash__  # the one of enumerations is slow, and lines are asked for by kind all the time

    SERVICE = "service"
    ADMINISTRATION = "administration"
    DRUG = "drug"
    WASTE = "waste"


@dataclass(frozen=True, slots=True)
class NdcLine:
    """The drug's package as a claim names it: 11 digits, the unit it is counted in, and how many."""

    code: str
    unit: str
    quantity: Decimal
    qualifier: str = "N4"


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of the claim.

    ``key`` tells lines of one visit apart and never changes while rules look at them; ``administrations`` are the ids
    of the doses that the line is for.
    """

    key: str
    code: str
    units: int
    kind: Kind
    administrations: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    ndc: NdcLine | None = None
    because: str = ""
    rule: str = ""
    source: str = ""

    @property
    def pointers(self) -> tuple[str, ...]:
        """The diagnoses that a line of a claim can point to."""
        return self.diagnoses[:POINTERS]


@dataclass(frozen=True, slots=True)
class Modifier:
    """Two characters that a line needs. ``beside`` names the lines that make it needed: without them it falls away."""

    charge: Charge
    code: str
    because: str
    beside: tuple[str, ...] = ()
    rule: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Lines with one code that a payer would take for duplicates: the second and later are told apart its way.

    ``way`` is a modifier, ``units`` (one line that counts them all) or ``50`` (one line and one unit for both sides).
    """

    charges: tuple[Charge, ...]
    way: str
    because: str
    rule: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that is not billed, and plainly why. Without ``charge`` there never was a line."""

    what: str
    because: str
    administrations: tuple[str, ...] = ()
    charge: Charge | None = None
    beside: tuple[str, ...] = ()
    rule: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ClaimField:
    """A fact that stands on the claim beside its lines: ``rendering_npi``, ``notes``."""

    name: str
    value: str
    because: str = ""
    rule: str = ""
    source: str = ""


Outcome = Union[Charge, Modifier, Repeat, Withheld, ClaimField, Finding]  # noqa: UP007 - read by mypy on 3.11


def signed(outcome: Outcome, rule: str, source: str) -> Outcome:
    """The outcome under the address of the rule that said it, and under the rule's source where it names none itself.

    It was made a moment ago for this one answer, so it is completed in place: a copy would cost more than most rules.
    """
    object.__setattr__(outcome, "rule", rule)
    if not outcome.source:
        object.__setattr__(outcome, "source", source)
    return outcome


def chart_gap(
    summary: str,
    *,
    about: tuple[str, ...] = (),
    because: str = "",
    fix: str = "",
    owner: Owner = Owner.NURSE,
    until: Until = Until.SIGN_OFF,
    fields: tuple[str, ...] = (),
    source: str = "",
) -> Finding:
    """A fact that must be in the chart before it is signed."""
    return Finding("", summary, Severity.CRITICAL, Gate.SIGNING, owner, until, fix, because, source, about, fields)


def claim_gap(
    summary: str,
    *,
    about: tuple[str, ...] = (),
    because: str = "",
    fix: str = "",
    owner: Owner = Owner.BILLER,
    until: Until = Until.FILING,
    fields: tuple[str, ...] = (),
    source: str = "",
) -> Finding:
    """What the payer needs and the record cannot prove yet: it holds up the claim, never the signature."""
    return Finding("", summary, Severity.CRITICAL, Gate.CLAIM, owner, until, fix, because, source, about, fields)


def notice(
    summary: str,
    *,
    about: tuple[str, ...] = (),
    because: str = "",
    fix: str = "",
    owner: Owner = Owner.BILLER,
    until: Until = Until.FILING,
    fields: tuple[str, ...] = (),
    severity: Severity = Severity.WARNING,
    source: str = "",
) -> Finding:
    """Something a person should know, and nothing waits for."""
    return Finding("", summary, severity, Gate.NOTHING, owner, until, fix, because, source, about, fields)
