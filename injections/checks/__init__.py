"""What is unsafe or missing in a visit, said by care alone: these checks know nothing of money.

Each check is a function in one of the chapters, named by the problem it finds. ``examine`` asks them all.
"""

from __future__ import annotations

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
from injections.checks.rule import Check, address, reason, title
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
    return tuple(finding for check in CHECKS for finding in check(encounter))
