"""The physician fee schedule: relative values, the factors of a locality, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ONE = Decimal(1)
#: statuses under which Medicare pays by relative values: active, restricted, injections paid when nothing else is
PAID = frozenset("ART")


@dataclass(frozen=True, slots=True)
class RelativeValues:
    """One code. ``office`` and ``facility`` are the practice expense, ``None`` where it does not apply."""

    status: str
    work: Decimal
    office: Decimal | None
    facility: Decimal | None
    malpractice: Decimal
    #: dollars for one relative value
    conversion: Decimal
    #: how a second procedure of the day, and one on both sides, are paid (columns 18 and 19 of the file)
    multiple: str = ""
    bilateral: str = ""


@dataclass(frozen=True, slots=True)
class Factors:
    """A locality's three factors. ``key`` is contractor and locality: seven digits."""

    key: str
    name: str
    state: str
    work: Decimal = ONE
    practice: Decimal = ONE
    malpractice: Decimal = ONE


NATION = Factors("", "national", "")


def amount(values: RelativeValues, factors: Factors, *, facility: bool) -> Decimal | None:
    """Dollars of one unit; ``None`` where the schedule has no price for the place. Nothing is ever zero here."""
    practice = values.facility if facility else values.office
    if values.status not in PAID or practice is None:
        return None
    weighed = values.work * factors.work + practice * factors.practice + values.malpractice * factors.malpractice
    dollars = (weighed * values.conversion).quantize(CENT, ROUND_HALF_UP)
    return dollars if dollars > 0 else None


def reckoning(values: RelativeValues, factors: Factors, *, facility: bool) -> str:
    """The same as a person would write it down."""
    practice = values.facility if facility else values.office
    parts = ((values.work, factors.work), (practice, factors.practice), (values.malpractice, factors.malpractice))
    if factors is NATION:
        return f"({' + '.join(str(value) for value, _ in parts)}) x {values.conversion}"
    return f"({' + '.join(f'{value} x {factor}' for value, factor in parts)}) x {values.conversion}"


def find_locality(said: str, all_of: Mapping[str, Factors]) -> Factors | None:
    """The locality that words mean: ``10112-00``, ``AL-00``, its name, or a state that has only one."""
    digits = re.sub(r"[\s/.-]", "", said)
    if digits in all_of:
        return all_of[digits]
    words = _plain(said)
    for names in (_numbered, _named, _stated):
        found = [factors for factors in all_of.values() if _plain(names(factors)) == words]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _numbered(factors: Factors) -> str:
    return factors.state + factors.key[5:]


def _named(factors: Factors) -> str:
    return factors.name


def _stated(factors: Factors) -> str:
    return factors.state


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.casefold())
