"""What the bill does when the chart speaks. Care never waits for it: whatever goes wrong here stays here."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.dispatch import receiver

from billing import engine
from billing.actions import approvals, approved_doses, disclosures, review
from billing.actions.context import context
from billing.actions.trouble import tell
from billing.models import Payer
from injections import chart, facts, signals
from injections.actions import outbox
from injections.findings import Finding, Owner
from injections.reading.disclosures import Disclosure

DERIVE = "derive"


@receiver(signals.encounter_about_to_sign, dispatch_uid="billing.objections")
def objections(sender: object, encounter: facts.Encounter, encounter_row: Any, **more: Any) -> list[Finding]:
    """What the payer wants in the chart and only whoever gave the dose can still write down."""
    try:
        with transaction.atomic():
            reference = review.in_force(encounter_row.practice_id)
            about = context(encounter_row, reference)
            case = engine.review(encounter, about, reference, examine=lambda visit: ())
    except Exception as problem:
        tell(problem)
        return []
    return [f for f in case.findings if f.blocks == "sign-off" and f.owner is Owner.NURSE]


@receiver([signals.encounter_signed, signals.encounter_amended], dispatch_uid="billing.charges")
def charges(sender: object, encounter_row: Any, **more: Any) -> None:
    """Work out the charges in the transaction that changed the chart."""
    try:
        with transaction.atomic():
            review.store(encounter_row, review.derive(encounter_row))
            outbox.check_constraints()
    except Exception as problem:
        failed(encounter_row, problem)


def failed(encounter_row: Any, problem: Exception) -> None:
    """Show that there is no answer, and owe one."""
    reference = uuid4().hex[:8]
    tell(problem, reference)
    with transaction.atomic():
        review.store_failure(encounter_row, reference)
        outbox.put(kind=DERIVE, subject=encounter_row, key=f"{DERIVE}:failed:{reference}")


def heal(encounter_id: int) -> None:
    """Work the charges out again. What raises here is tried again later, and the failed review stays in sight."""
    encounter = chart.find_encounter(encounter_id)
    review.store(encounter, review.derive(encounter))


@receiver(signals.payers_asked, dispatch_uid="billing.payers")
def payers(sender: object, practice_id: int | None = None, **more: Any) -> list[tuple[str, str]]:
    """Payers that a coverage may name: the shipped ones and the practice's own."""
    found = Payer.objects.filter(practice=None)
    if practice_id is not None:
        found = found | Payer.objects.filter(practice_id=practice_id)
    return list({row.key: row.name for row in found.order_by("name")}.items())


@receiver(signals.disclosures_asked, dispatch_uid="billing.disclosures")
def sent(sender: object, patient: Any, since: datetime, until: datetime, **more: Any) -> list[Disclosure]:
    """Claim lines that went to the practice-management system, and tables that somebody downloaded."""
    return [*disclosures.sent(patient.pk, since, until), *disclosures.downloaded(patient, since, until)]


@receiver(signals.approved_units_asked, dispatch_uid="billing.approvals")
def used(sender: object, approval: Any, doses: Any, **more: Any) -> tuple[int, tuple[int | None, ...]]:
    """How much of what a plan approved stands on claims, and how much doses to come would take, where that is known."""
    try:
        with transaction.atomic():
            each = approved_doses.units_of(approval, doses)
    except Exception as problem:
        tell(problem)
        each = (None,) * len(doses)
    return approvals.units_used(approval), each


outbox.register(DERIVE, heal)
