"""What was told outside the product: entered for the account that a patient may ask for, and taken back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from injections.actions.errors import Refused
from injections.actions.once import kept_once
from injections.actions.rights import need
from injections.models import DisclosureMade, DisclosureTakenBack, Patient, Staff


@transaction.atomic
def enter(
    *,
    patient: Patient,
    made_on: date,
    to_whom: str,
    what: str,
    basis: str,
    purpose: str,
    by: Staff,
    submission_key: UUID,
    address: str = "",
) -> DisclosureMade:
    """Entering it twice under one key makes one row."""
    need(by, "disclosures.write", patient)
    row = DisclosureMade(
        practice_id=patient.practice_id,
        patient=patient,
        made_on=made_on,
        to_whom=to_whom,
        address=address,
        what=what,
        basis=basis,
        purpose=purpose,
        submission_key=submission_key,
        entered_by=by,
    )
    return kept_once(row)


@transaction.atomic
def take_back(*, disclosure: DisclosureMade, reason: str, by: Staff) -> DisclosureTakenBack:
    """It was entered by mistake. Said again by the same person, what stands; else :class:`Refused`."""
    need(by, "disclosures.write", disclosure)
    Patient.objects.select_for_update(of=("self",)).get(pk=disclosure.patient_id)
    before = DisclosureTakenBack.objects.filter(disclosure=disclosure).first()
    if before is not None and (before.by_id, before.reason) == (by.pk, reason):
        return before
    if before is not None:
        raise Refused("This entry was taken back already")
    return DisclosureTakenBack.objects.create(
        practice_id=disclosure.practice_id, disclosure=disclosure, reason=reason, by=by
    )
