"""A file of patients beside the practice's own: what it would do, and doing it in a handful of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils import timezone

from injections import limits
from injections.actions import uploads
from injections.actions.errors import Refused
from injections.actions.patients import tell_all
from injections.actions.rights import need
from injections.forms.coverage import payer_choices
from injections.imports.compare import CHANGEABLE
from injections.imports.patients import PatientRow, read_patients
from injections.imports.plan import Kind, Plan, Step
from injections.imports.table import Problem
from injections.models import Coverage, Patient, Staff
from injections.models.columns import sort_key
from injections.reading.importing import plan_of_patients

RANKS = range(1, 10)
AT_ONCE = 1_000
MEGABYTES = 200
ALREADY = "Somebody added one of these patients meanwhile"


def look(content: bytes, by: Staff) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...]]:
    payers = dict(payer_choices())
    with limits.memory(MEGABYTES):
        file = read_patients(content, payers=payers, today=timezone.localdate())
    return plan_of_patients(file.rows, payers, by), file.problems, file.ignored


@transaction.atomic
def carry_out(plan: Plan, by: Staff) -> None:
    """Everything that the plan says, or nothing. Raises :class:`Refused` when a record number was taken meanwhile."""
    need(by, "import.write")
    need(by, "patient.write")
    patients = _added([step.row for step in plan.steps if step.kind is Kind.ADD], by)
    patients |= _changed([step for step in plan.steps if step.kind is Kind.CHANGE], by)
    _cover([step.row for step in plan.acts], patients, by)


def _added(rows: Sequence[PatientRow], by: Staff) -> dict[str, Patient]:
    made = []
    for row in rows:
        said = asdict(row)
        for name in ("line", "payer", "member_number"):
            del said[name]
        sorts = sort_key(row.family_name, row.given_name)
        made.append(Patient(practice=by.practice, sort_name=sorts, **said))
    try:
        with transaction.atomic():
            Patient.objects.bulk_create(made, batch_size=AT_ONCE)
    except IntegrityError as problem:
        if "patient_mrn_once" not in str(problem):
            raise
        raise Refused(ALREADY) from None
    return {patient.mrn: patient for patient in made}


def _changed(steps: Sequence[Step], by: Staff) -> dict[str, Patient]:
    """Columns the file says differently; what it leaves empty stays. A change of sex is told to signed visits."""
    rows = {step.subject: step.row for step in steps}
    mine = Patient.objects.for_user(by).select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    patients, told = list(mine), []
    for patient in patients:
        said = _said(rows[patient.pk])
        if said.get("sex", patient.sex) != patient.sex:
            told.append(patient)
        for name, value in said.items():
            setattr(patient, name, value)
        patient.sort_name = sort_key(patient.family_name, patient.given_name)
    # Every row is there and held, so each insert becomes an update: far quicker than one CASE for every row.
    columns = [*CHANGEABLE, "sort_name"]
    Patient.objects.bulk_create(
        patients, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=columns
    )
    for patient in told:
        tell_all(patient, by)
    return {patient.mrn: patient for patient in patients}


def _said(row: PatientRow) -> dict[str, str]:
    said = {name: getattr(row, name) for name in CHANGEABLE if getattr(row, name)}
    if said.get("sex") == "U":
        del said["sex"]
    return said


def _cover(rows: Iterable[PatientRow], patients: dict[str, Patient], by: Staff) -> None:
    """The plan that the file names, behind the plans a patient has; one that is there stays as it is."""
    named = {row.mrn: row for row in rows if row.payer}
    about = [patients[mrn].pk for mrn in named]
    here: dict[int, dict[int, str]] = {}
    for pk, rank, key in Coverage.objects.filter(patient__in=about).values_list("patient_id", "rank", "payer_key"):
        here.setdefault(pk, {})[rank] = key
    made = []
    for mrn, row in named.items():
        patient = patients[mrn]
        ranks = here.get(patient.pk, {})
        if row.payer in ranks.values():
            continue
        free = next((rank for rank in RANKS if rank not in ranks), None)
        if free is None:
            raise Refused(f"{patient.listed_name} has nine plans already. Take the plan out of line {row.line}")
        made.append(
            Coverage(
                practice_id=patient.practice_id,
                patient=patient,
                payer_key=row.payer,
                member_number=row.member_number,
                rank=free,
            )
        )
    Coverage.objects.bulk_create(made, batch_size=AT_ONCE)


uploads.register("patients", uploads.Kind("import.write", look, carry_out))
