"""Patients from another system's file."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import patients as actions
from injections.forms.coverage import payer_choices
from injections.imports.compare import CHANGEABLE
from injections.imports.patients import SAMPLE, PatientRow, read_patients
from injections.imports.plan import Kind, Plan, Step
from injections.imports.table import Problem
from injections.models import Patient, Staff
from injections.policy import requires
from injections.reading.importing import plan_of_patients
from injections.views.importing import Import, answer
from injections.views.posting import reader

RANKS = range(1, 10)


@requires("import.write")
@require_http_methods(["GET", "POST"])
def import_patients(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    kind = Import(
        template="injections/imports/patients.html",
        done="injections:patients",
        look=partial(_look, by=by),
        carry_out=partial(_carry_out, by=by),
    )
    return answer(request, kind)


@requires("import.write")
@require_safe
def sample_patients(request: HttpRequest) -> HttpResponse:
    return sample(SAMPLE, "patients.csv")


def sample(text: str, name: str) -> HttpResponse:
    """A file to fill in; the mark at its beginning tells a spreadsheet that it is UTF-8."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


def _look(content: bytes, *, by: Staff) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...]]:
    payers = dict(payer_choices())
    file = read_patients(content, payers=payers, today=timezone.localdate())
    return plan_of_patients(file.rows, payers, by), file.problems, file.ignored


def _carry_out(step: Step, *, by: Staff) -> None:
    row: PatientRow = step.row
    if step.kind is Kind.ADD:
        said = asdict(row)
        for name in ("line", "payer", "member_number"):
            del said[name]
        patient = actions.register(by=by, **said)
    else:
        patient = Patient.objects.for_user(by).get(pk=step.subject)
        patient = actions.update(patient=patient, by=by, **_changes(row))
    if row.payer and not patient.coverages.filter(payer_key=row.payer).exists():
        taken = set(patient.coverages.values_list("rank", flat=True))
        free = next(rank for rank in RANKS if rank not in taken)
        actions.add_coverage(patient=patient, by=by, payer_key=row.payer, member_number=row.member_number, rank=free)


def _changes(row: PatientRow) -> dict[str, str]:
    """What the file says; what it leaves empty stays."""
    said = {name: getattr(row, name) for name in CHANGEABLE if getattr(row, name)}
    if said.get("sex") == "U":
        del said["sex"]
    return said
