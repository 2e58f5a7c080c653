"""A schedule of another system beside the practice's own: what it would book, and booking it in one statement."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from injections import limits
from injections.actions import uploads
from injections.actions.rights import need, same_practice
from injections.imports.plan import Plan
from injections.imports.schedule import read_schedule
from injections.imports.table import Problem
from injections.models import Appointment, Location, Staff
from injections.reading.importing import plan_of_schedule

AT_ONCE = 1_000
MEGABYTES = 200


def look(content: bytes, by: Staff) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...]]:
    names = {str(location.pk): location.name for location in Location.objects.for_user(by)}
    with limits.memory(MEGABYTES):
        file = read_schedule(content, locations=names, today=timezone.localdate())
    return plan_of_schedule(file.rows, names, by), file.problems, file.ignored


@transaction.atomic
def carry_out(plan: Plan, by: Staff) -> None:
    """Every appointment of the plan. The file is one row and taken once, so none of them needs a key of its own."""
    need(by, "import.write")
    need(by, "appointment.write")
    made = []
    for step in plan.acts:
        patient, order, starts_at = step.subject
        same_practice(by, patient, order)
        made.append(
            Appointment(
                practice_id=patient.practice_id,
                location_id=int(step.row.location),
                patient=patient,
                order=order,
                starts_at=starts_at,
                room=step.row.room,
                created_by=by,
            )
        )
    Appointment.objects.bulk_create(made, batch_size=AT_ONCE)


uploads.register("schedule", uploads.Kind("import.write", look, carry_out))
