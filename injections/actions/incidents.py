"""The log of medication errors: a record that was signed although unsafe opens one by itself; the rest is reported."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from injections.actions.errors import Refused
from injections.actions.once import made_before, one_row
from injections.actions.rights import need
from injections.checks.rule import INCIDENTS
from injections.models import Administration, Incident, IncidentNote, Location, Staff


def open_from(*, dose: Administration, by: Staff) -> list[Incident]:
    """What a signed dose says went wrong: each stop that was answered with a reason because it had happened already."""
    return [
        Incident.objects.create(
            practice_id=dose.practice_id,
            location=dose.encounter.location,
            administration=dose,
            rule=waiver["rule"],
            what=f"{INCIDENTS[waiver['rule']]}: {waiver['reason']}"[:300],
            happened_on=dose.encounter.date,
            reported_by=by,
        )
        for waiver in dose.waivers
        if waiver["rule"] in INCIDENTS
    ]


@transaction.atomic
def report(
    *, location: Location, what: str, happened_on: date, by: Staff, submission_key: UUID | None = None
) -> Incident:
    """Somebody says what went wrong, or nearly did. Said twice under one key, it is one report."""
    need(by, "incident.write", location)
    if not what.strip():
        raise Refused("Say what happened", errors={"what": "Write a sentence"})
    same = Incident.objects.filter(what=what.strip()[:300], happened_on=happened_on)
    already = made_before(same, submission_key)
    if already is not None:
        return already
    with one_row():
        return Incident.objects.create(
            practice_id=location.practice_id,
            location=location,
            what=what.strip()[:300],
            happened_on=happened_on,
            reported_by=by,
            submission_key=submission_key,
        )


@transaction.atomic
def follow_up(
    *, incident: Incident, text: str, by: Staff, closes: bool = False, submission_key: UUID | None = None
) -> IncidentNote:
    """What was found out or done. The note that closes it is the last one that may close it."""
    need(by, "incident.write", incident)
    Location.objects.select_for_update(of=("self",)).get(pk=incident.location_id)  # the row itself takes no lock
    if not text.strip():
        raise Refused("Write what was found out or done", errors={"text": "Write a sentence"})
    already = made_before(incident.notes.filter(text=text.strip()[:300], closes=closes), submission_key)
    if already is not None:
        return already
    if closes and incident.notes.filter(closes=True).exists():
        raise Refused("This is closed already")
    with one_row():
        return IncidentNote.objects.create(
            practice_id=incident.practice_id,
            incident=incident,
            text=text.strip()[:300],
            closes=closes,
            by=by,
            submission_key=submission_key,
        )
