"""What left the practice about one patient, as a patient may ask for it (45 CFR 164.528): when, to whom, what, why.

Six years back. What was for treatment, payment or operations need not be listed by law and stands apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import cast

from injections.audit.report import Question, everything
from injections.days import written_day
from injections.models import DisclosureMade, EmergencyAccess, Encounter, Patient, Staff
from injections.models.audit import Action
from injections.reading.audit import subject
from injections.signals import disclosures_asked

#: 45 CFR 164.528 (a) (1): six years before the day of asking, with the leap days that may lie in them
SIX_YEARS = timedelta(days=6 * 365 + 2)
#: this very account is the patient's own: 164.528 (a) (1) (ii)
OWN_PAGES = frozenset({"injections:disclosures", "injections:disclosures_file"})
NOTE = "injections:note"
NOT_SAID = "Not recorded: ask who made it"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One thing that left. ``exempt``: for treatment, payment or operations. ``by`` is who sent or printed it."""

    at: datetime
    to_whom: str
    what: str
    purpose: str
    by: str
    exempt: bool = False
    address: str = ""
    #: only the day is known
    whole_day: bool = False
    #: the number of the row that somebody entered
    entered: int | None = None


@dataclass(frozen=True, slots=True)
class Accounting:
    """Newest first. ``listed`` is what the law asks for, ``exempt`` what is shown beside it on request."""

    since: datetime
    until: datetime
    listed: tuple[Disclosure, ...]
    exempt: tuple[Disclosure, ...]


def accounting(patient: Patient, now: datetime) -> Accounting:
    """Everything known to have left up to now: what somebody entered, prints and files by the log, emergency access,
    and what the rest of the product sent.
    """
    since = now - SIX_YEARS
    found = [*_by_the_log(patient, since, now), *_entered(patient, since, now), *_opened(patient, since, now)]
    for _, told in disclosures_asked.send(sender=Patient, patient=patient, since=since, until=now):
        found += cast(Iterable[Disclosure], told or ())
    found.sort(key=lambda one: one.at, reverse=True)
    return Accounting(
        since,
        now,
        tuple(one for one in found if not one.exempt),
        tuple(one for one in found if one.exempt),
    )


def _entered(patient: Patient, since: datetime, until: datetime) -> Iterator[Disclosure]:
    """Told outside the product: at noon of its day, for the order of the list."""
    zone = patient.practice.zone
    rows = DisclosureMade.objects.filter(patient=patient, taken_back__isnull=True)
    days = (since.astimezone(zone).date(), until.astimezone(zone).date())
    for row in rows.filter(made_on__range=days).select_related("entered_by"):
        yield Disclosure(
            at=datetime.combine(row.made_on, time(12), tzinfo=zone),
            to_whom=row.to_whom,
            what=row.what,
            purpose=f"{row.get_basis_display()}: {row.purpose}",
            by=row.entered_by.signs_as,
            exempt=row.is_exempt,
            address=row.address,
            whole_day=True,
            entered=row.pk,
        )


def _opened(patient: Patient, since: datetime, until: datetime) -> Iterator[Disclosure]:
    """Opened to somebody of the practice who does not otherwise see the record: for treatment, so not owed by law."""
    rows = EmergencyAccess.objects.filter(patient=patient, since__gte=since, since__lt=until)
    for row in rows.select_related("staff"):
        yield Disclosure(
            at=row.since,
            to_whom=f"{row.staff.signs_as}, of this practice",
            what="The record, by emergency access",
            purpose=row.reason,
            by=row.staff.signs_as,
            exempt=True,
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
            what=f"Note of the visit of {written_day(visit.date)}"
            if visit
            else subject(line.subject).removesuffix(" page").capitalize(),
            purpose="Printed" if line.action == Action.PRINTED else "Downloaded as a file",
            by=person.signs_as if person else "",
        )
