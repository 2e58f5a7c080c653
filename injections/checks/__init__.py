"""What is unsafe or missing in a visit, said by care alone: these checks know nothing of money.

Each check is a function in one of the chapters, named by the problem it finds. ``examine`` asks them all.
"""

from __future__ import annotations

from functools import lru_cache

from injections.checks import (
    allergy,
    completeness,
    dose,
    interval,
    order,
    patient,
    screening,
    site,
    timing,
    vial,
    waste,
)
from injections.checks.rule import Check, address, concerns, reason, title
from injections.checks.traits import traits_of
from injections.facts import Encounter
from injections.findings import Finding

__all__ = ["CHECKS", "Check", "address", "examine", "reason", "title"]

#: every check, in the order in which the page shows what they say: stops first, then the gaps down the form
CHECKS: tuple[Check, ...] = (
    *allergy.CHECKS,
    *vial.CHECKS,
    *order.CHECKS,
    *dose.CHECKS,
    *interval.CHECKS,
    *screening.CHECKS,
    *site.CHECKS,
    *completeness.CHECKS,
    *waste.CHECKS,
    *patient.CHECKS,
    *timing.CHECKS,
)


def examine(encounter: Encounter) -> tuple[Finding, ...]:
    """Everything that the checks have to say about the visit, always in the same order."""
    return tuple(finding for check in _concerned(traits_of(encounter)) for finding in check(encounter))


@lru_cache(maxsize=4096)
def _concerned(traits: frozenset[str]) -> tuple[Check, ...]:
    """The checks that could have anything to say; visits look alike, so the choice is kept."""
    return tuple(check for check in CHECKS if concerns(check, traits))
