"""Appointments from another system's file."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import appointments as actions
from injections.imports.plan import Plan, Step
from injections.imports.schedule import SAMPLE, ScheduleRow, read_schedule
from injections.imports.table import Problem
from injections.models import Location, Staff
from injections.policy import requires
from injections.reading.importing import plan_of_schedule
from injections.views.import_patients import sample
from injections.views.importing import Import, answer
from injections.views.posting import reader


@requires("import.write")
@require_http_methods(["GET", "POST"])
def import_schedule(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    locations = {str(location.pk): location for location in Location.objects.for_user(by)}
    kind = Import(
        template="injections/imports/schedule.html",
        done="injections:today",
        look=partial(_look, by=by, names={key: location.name for key, location in locations.items()}),
        carry_out=partial(_carry_out, by=by, locations=locations),
    )
    return answer(request, kind)


@requires("import.write")
@require_safe
def sample_schedule(request: HttpRequest) -> HttpResponse:
    return sample(SAMPLE, "schedule.csv")


def _look(content: bytes, *, by: Staff, names: dict[str, str]) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...]]:
    file = read_schedule(content, locations=names, today=timezone.localdate())
    return plan_of_schedule(file.rows, names, by), file.problems, file.ignored


def _carry_out(step: Step, *, by: Staff, locations: dict[str, Location]) -> None:
    row: ScheduleRow = step.row
    patient, order, starts_at = step.subject
    actions.book(
        patient=patient,
        location=locations[row.location],
        order=order,
        starts_at=starts_at,
        room=row.room,
        submission_key=uuid4(),
        by=by,
    )
