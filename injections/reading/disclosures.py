"""What left the practice about one patient, as a patient may ask for it (45 CFR 164.528): when, to whom, what, why.

Six years back. What was for treatment, payment or operations need not be listed by law and stands apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from injections.audit.report import Question, everything
from injections.models import Encounter, Patient, Staff
from injections.models.audit import Action
from injections.reading.audit import subject
from injections.signals import disclosures_asked

#: 45 CFR 164.528 (a) (1): six years before the day of asking, with the leap days that may lie in them
SIX_YEARS = timedelta(days=6 * 365 + 2)
#: this very account is the patient's own: 164.528 (a) (1) (ii)
OWN_PAGES = frozenset({"injections:disclosures", "injections:disclosures_file"})
NOTE = "injections:note"
NOT_SAID = "Not recorded: ask who printed it"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One thing that left. ``exempt``: for treatment, payment or operations. ``by`` is who sent or printed it."""

    at: datetime
    to_whom: str
    what: str
    purpose: str
    by: str
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Accounting:
    """Newest first. ``listed`` is what the law asks for, ``exempt`` what is shown beside it on request."""

    since: datetime
    until: datetime
    listed: tuple[Disclosure, ...]
    exempt: tuple[Disclosure, ...]


def accounting(patient: Patient, now: datetime) -> Accounting:
    """Everything known to have left up to now: prints and files by the log, and what the rest of the product sent."""
    since = now - SIX_YEARS
    found = list(_by_the_log(patient, since, now))
    for _, told in disclosures_asked.send(sender=Patient, patient=patient, since=since, until=now):
        found += cast(Iterable[Disclosure], told or ())
    found.sort(key=lambda one: one.at, reverse=True)
    return Accounting(
        since,
        now,
        tuple(one for one in found if not one.exempt),
        tuple(one for one in found if one.exempt),
    )


def _by_the_log(patient: Patient, since: datetime, until: datetime) -> Iterator[Disclosure]:
    """Notes that were opened to print, and files. Nobody can tell afterwards who was handed the paper, so each is
    listed as if the law asked for it. Pages of other parts of the product are told by them.
    """
    asked = [
        Question(patient.practice_id, since, until, patient_id=patient.pk, action=action)
        for action in (Action.PRINTED, Action.EXPORTED)
    ]
    events = [line for question in asked for line in everything(question)]
    events = [line for line in events if line.subject.startswith("injections:") and line.subject not in OWN_PAGES]
    people = Staff.objects.in_bulk({line.person_id for line in events} - {None})
    visits = {str(visit.pk): visit for visit in Encounter.objects.filter(patient=patient)}
    for line in events:
        visit = visits.get(line.row_key) if line.subject == NOTE else None
        person = people.get(line.person_id or 0)
        yield Disclosure(
            at=line.at,
            to_whom=NOT_SAID,
            what=f"Note of the visit of {visit.date.day} {visit.date:%b} {visit.date.year}"
            if visit
            else subject(line.subject).removeprefix("page: ").capitalize(),
            purpose="Printed" if line.action == Action.PRINTED else "Downloaded as a file",
            by=person.signs_as if person else "",
        )
