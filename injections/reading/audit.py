"""The log as people read it: names for ids, words for tables and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from injections.audit.report import Line, Question
from injections.models import Patient, Practice, Staff
from injections.models.audit import Action
from injections.policy import may

#: pages of signing in, whose names come with the library
_SIGNING_IN = {
    "account_login": "sign-in page",
    "account_logout": "sign-out page",
    "account_reauthenticate": "password check page",
    "account_change_password": "change of password page",  # nosec B105 # the name of a page
    "mfa_authenticate": "sign-in code page",
    "mfa_reauthenticate": "code check page",
    "mfa_activate_totp": "add a phone page",
    "mfa_login_webauthn": "passkey sign-in page",
    "mfa_add_webauthn": "add a passkey page",
    "mfa_remove_webauthn": "remove a passkey page",
    "mfa_view_recovery_codes": "recovery codes page",
    "mfa_generate_recovery_codes": "new recovery codes page",
}
#: until somebody chooses days
FIRST_LOOK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in words."""

    id: int
    at: datetime
    person: str
    action: str
    what: str
    row: str
    patient: str
    patient_id: int | None
    columns: str


def asked(practice: Practice, wanted: dict[str, Any]) -> Question:
    """The question that an address holds; what cannot be read counts as not asked."""
    zone = practice.zone
    today = datetime.now(zone).date()
    until = wanted.get("until") or today
    since = wanted.get("since") or until - FIRST_LOOK
    return Question(
        practice_id=practice.pk,
        since=datetime.combine(since, time.min, tzinfo=zone),
        until=datetime.combine(min(until, date.max - timedelta(days=1)) + timedelta(days=1), time.min, tzinfo=zone),
        person_id=wanted.get("person"),
        patient_id=wanted.get("patient"),
        action=wanted.get("action") or "",
        sort=wanted.get("sort") or "-at",
    )


def last_day(question: Question, zone: tzinfo) -> date:
    """The last day that is meant, in the practice's own time."""
    return (question.until.astimezone(zone) - timedelta(microseconds=1)).date()


def entries(by: Any, lines: Iterable[Line]) -> list[Entry]:
    """The lines with names. Reading the names of patients is itself recorded, as it should be.

    Whoever may not see patients, as an administrator, reads their numbers here.
    """
    lines = list(lines)
    people = Staff.objects.filter(practice_id=by.practice_id).in_bulk({line.person_id for line in lines} - {None})
    patients = visible_patients(by).in_bulk({line.patient_id for line in lines} - {None})
    return [_entry(line, people, patients) for line in lines]


def visible_patients(by: Any) -> QuerySet[Patient]:
    """The patients whose names this person may read."""
    return Patient.objects.for_user(by) if may(by, "patient.see") else Patient.objects.none()


def _entry(line: Line, people: dict[int, Staff], patients: dict[int, Patient]) -> Entry:
    person, patient = people.get(line.person_id or 0), patients.get(line.patient_id or 0)
    return Entry(
        id=line.id,
        at=line.at,
        person=person.signs_as if person else f"The system ({line.via or line.role})",
        action=Action(line.action).label,
        what=subject(line.subject),
        row=line.row_key,
        patient=f"{patient.listed_name}, MRN {patient.mrn}" if patient else f"Patient {line.patient_id}",
        patient_id=line.patient_id,
        columns=", ".join(line.columns).replace("_", " "),
    )


def subject(name: str) -> str:
    """A table as the thing it holds, a page as its name: "patient", "chart page", "new order page"."""
    known = _tables().get(name)
    if known is not None:
        return str(known._meta.verbose_name)
    if not name or name in _SIGNING_IN:
        return _SIGNING_IN.get(name, "")
    words = name.rpartition(":")[2].split("_")
    turned = ["new", *words[:-1]] if words[-1] == "new" and len(words) > 1 else words
    return f"{' '.join(turned)} page"


def _tables() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}
