"""Restrictions of disclosure: entered, and ended by a row of their own. Claims of the visits are told at once."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from injections.actions.errors import Refused
from injections.actions.patients import tell_all
from injections.actions.rights import need
from injections.models import Patient, Restriction, RestrictionEnd, Staff
from injections.models.restriction import Kind

#: what only those who treat can know
OF_CARE = frozenset({Kind.MINOR.value, Kind.PART_2.value})


@transaction.atomic
def restrict(
    *, patient: Patient, kind: str, since: date, reason: str, by: Staff, until: date | None = None
) -> Restriction:
    """Keep the visits of these days back. Said again while it stands, the one that stands."""
    need(by, "restriction.care" if kind in OF_CARE else "restriction.write", patient)
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    same = Restriction.objects.standing().filter(patient=patient, kind=kind, since=since, until=until).first()
    if same is not None:
        return same
    made = Restriction.objects.create(
        practice_id=patient.practice_id,
        patient=patient,
        kind=kind,
        since=since,
        until=until,
        reason=reason,
        entered_by=by,
    )
    tell_all(patient, by)
    return made


@transaction.atomic
def end(*, restriction: Restriction, reason: str, by: Staff) -> RestrictionEnd:
    """Keep nothing back any more, such as after a consent. Said again by the same person, the end that stands.

    Raises :class:`Refused` for one that has ended otherwise.
    """
    need(by, "restriction.care" if restriction.kind in OF_CARE else "restriction.write", restriction)
    Patient.objects.select_for_update(of=("self",)).get(pk=restriction.patient_id)
    before = RestrictionEnd.objects.filter(restriction=restriction).first()
    if before is not None and (before.ended_by_id, before.reason) == (by.pk, reason):
        return before
    if before is not None:
        raise Refused("This restriction has ended already")
    ended = RestrictionEnd.objects.create(
        practice_id=restriction.practice_id, restriction=restriction, reason=reason, ended_by=by
    )
    tell_all(restriction.patient, by)
    return ended
