"""What a practice says about itself: its name and number, its clock, and how long screens and shifts last."""

from __future__ import annotations

from django.db import transaction

from injections.actions.errors import Refused
from injections.actions.rights import need
from injections.models import Practice, Staff


@transaction.atomic
def change(*, by: Staff, name: str, npi: str, time_zone: str, idle_minutes: int, shift_hours: int) -> Practice:
    """For every screen from its next request on; a shift that has begun keeps its end.

    ``idle_minutes`` and ``shift_hours`` are bounded by the table. Raises :class:`Refused` for somebody of no practice.
    """
    need(by, "practice.write")
    if by.practice_id is None:
        raise Refused("Only somebody of a practice can change it")
    practice = Practice.objects.select_for_update().get(pk=by.practice_id)
    practice.name, practice.npi, practice.time_zone = name, npi, time_zone
    practice.idle_minutes, practice.shift_hours = idle_minutes, shift_hours
    practice.save(update_fields=["name", "npi", "time_zone", "idle_minutes", "shift_hours"])
    return practice
