"""Sides of a patient to avoid: entered, and ended by a row of their own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from injections.actions.errors import Refused
from injections.actions.once import one_row
from injections.actions.rights import need
from injections.models import Patient, SparedSide, SparedSideEnd, Staff


@transaction.atomic
def spare(
    *,
    patient: Patient,
    why: str,
    side: str,
    part: str,
    by: Staff,
    note: str = "",
    since: date | None = None,
    submission_key: UUID | None = None,
) -> SparedSide:
    """No needle goes there from that day on. Said again while it stands, the one that stands."""
    need(by, "patient.write", patient)
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    same = SparedSide.objects.standing().filter(patient=patient, why=why, side=side, part=part, note=note.strip())
    if (standing := same.first()) is not None:
        return standing
    with one_row():
        return SparedSide.objects.create(
            practice_id=patient.practice_id,
            patient=patient,
            why=why,
            side=side,
            part=part,
            note=note.strip(),
            since=since or timezone.localdate(timezone=patient.practice.zone),
            entered_by=by,
            submission_key=submission_key,
        )


@transaction.atomic
def end(*, spared: SparedSide, reason: str, by: Staff, on: date | None = None) -> SparedSideEnd:
    """The side may be used again. Said again by the same person, the end that stands.

    Raises :class:`Refused` for one that has ended otherwise.
    """
    need(by, "spared.end", spared)
    Patient.objects.select_for_update(of=("self",)).get(pk=spared.patient_id)
    before = SparedSideEnd.objects.filter(spared=spared).first()
    if before is not None and (before.ended_by_id, before.reason) == (by.pk, reason):
        return before
    if before is not None:
        raise Refused("This side may be used again already")
    return SparedSideEnd.objects.create(
        practice_id=spared.practice_id,
        spared=spared,
        reason=reason,
        ended_on=on or timezone.localdate(timezone=spared.practice.zone),
        ended_by=by,
    )
