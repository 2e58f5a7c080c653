"""Telling the rest of the product that a visit was signed or amended, without letting it stand in the way of care."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import cast

from django.db import transaction
from django.dispatch import Signal

from injections import facts
from injections.actions import outbox
from injections.findings import Finding
from injections.models import Administration, Encounter, Staff
from injections.signals import encounter_about_to_sign, encounter_amended, encounter_signed

logger = logging.getLogger(__name__)

DERIVE = "derive"


def objections(encounter: facts.Encounter, row: Encounter) -> tuple[Finding, ...]:
    """What the receivers have against signing this. One that raises has nothing to say: it never blocks care."""
    try:
        with transaction.atomic():
            answers = encounter_about_to_sign.send(Encounter, encounter=encounter, encounter_row=row)
    except Exception as problem:
        logger.error("objections to encounter %s could not be asked: %s", row.pk, outbox.without_data(problem))
        return ()
    findings: list[Finding] = []
    for _, said in answers:
        findings.extend(cast("Iterable[Finding]", said or ()))
    return tuple(findings)


def signed(dose: Administration, by: Staff) -> None:
    """A dose was signed or corrected, in this transaction."""
    _tell(encounter_signed, dose.encounter, by, key=f"{DERIVE}:administration:{dose.pk}")


def amended(encounter: Encounter, by: Staff) -> None:
    """Something that a claim depends on changed after a signature; before one there is nothing to tell."""
    if encounter.administrations.exists():
        _tell(encounter_amended, encounter, by, key=None)


def _tell(signal: Signal, encounter: Encounter, by: Staff, key: str | None) -> None:
    """Owe the work first. If a receiver raises, its part alone is undone and the worker does it later."""
    message = outbox.put(kind=DERIVE, subject=encounter, key=key)
    try:
        with transaction.atomic():
            signal.send(Encounter, encounter_row=encounter, by=by)
            outbox.check_constraints()
    except Exception as problem:
        logger.error("encounter %s waits in the outbox: %s", encounter.pk, outbox.without_data(problem))
    else:
        outbox.done(message)
