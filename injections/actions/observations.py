"""The end of the wait after a dose: what was seen, and for how long somebody watched."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from injections.actions import telling
from injections.actions.errors import Refused
from injections.actions.rights import need
from injections.models import Administration, Encounter, Observation, Staff
from injections.models.observation import Ended

LONGEST_WATCH = 24 * 60


@transaction.atomic
def finish(
    *,
    administration: Administration,
    ended: str,
    by: Staff,
    response: str = "",
    minutes: int | None = None,
    now: datetime | None = None,
) -> Observation:
    """Record how the wait ended. The minutes run from the dose until now, unless they are said."""
    need(by, "chart.write", administration)
    encounter = Encounter.objects.select_for_update(of=("self",)).select_related("practice")
    held = encounter.get(pk=administration.encounter_id)
    now = now or timezone.now()
    if ended != Ended.NO_REACTION and not response.strip():
        raise Refused("Say what happened", errors={"response": "Describe the reaction, or why the patient left"})
    if minutes is None:
        began = administration.given_at or administration.charted_at
        minutes = int((now - began).total_seconds() // 60)
    if not 0 <= minutes <= LONGEST_WATCH:
        raise Refused("Enter how long the patient was watched", errors={"minutes": "Enter minutes, up to a day"})
    observation = Observation.objects.create(
        practice_id=administration.practice_id,
        administration=administration,
        minutes=minutes,
        ended=ended,
        response=response.strip()[:200],
        recorded_by=by,
        recorded_at=now,
    )
    telling.amended(held, by)
    return observation
