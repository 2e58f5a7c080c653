"""What a plan approved beforehand: entered, and taken back. Claims of the patient's visits are told at once."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from injections.actions.once import one_row
from injections.actions.patients import tell_all
from injections.actions.rights import need
from injections.models import Approval, Coverage, Patient, Staff


@transaction.atomic
def approve(
    *,
    coverage: Coverage,
    code: str,
    number: str,
    since: date,
    by: Staff,
    until: date | None = None,
    units: int | None = None,
    submission_key: UUID | None = None,
) -> Approval:
    """Keep the plan's answer. Said again while it stands, the one that stands."""
    need(by, "patient.write", coverage)
    patient = Patient.objects.select_for_update(of=("self",)).get(pk=coverage.patient_id)
    said = {"code": code, "number": number, "since": since, "until": until, "units": units}
    standing = Approval.objects.standing().filter(coverage=coverage, **said).first()
    if standing is not None:
        return standing
    with one_row():
        made = Approval.objects.create(
            practice_id=coverage.practice_id, coverage=coverage, entered_by=by, submission_key=submission_key, **said
        )
    tell_all(patient, by)
    return made


@transaction.atomic
def withdraw(*, approval: Approval, by: Staff, now: datetime | None = None) -> Approval:
    """It was entered wrongly, or the plan took it back. Withdrawn again it stays as it is."""
    need(by, "patient.write", approval)
    held = Approval.objects.select_for_update(of=("self",)).select_related("coverage__patient").get(pk=approval.pk)
    if held.withdrawn_at is None:
        held.withdrawn_by, held.withdrawn_at = by, now or timezone.now()
        held.save(update_fields=["withdrawn_by", "withdrawn_at"])
        tell_all(held.coverage.patient, by)
    return held
