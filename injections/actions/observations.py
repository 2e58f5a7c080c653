"""The end of the wait after a dose: what was seen, and for how long somebody watched."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from injections.actions import telling
from injections.actions.errors import Refused
from injections.actions.once import made_before
from injections.actions.rights import need
from injections.chart.waiting import minutes_after
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
    submission_key: UUID | None = None,
    now: datetime | None = None,
) -> Observation:
    """Record how the wait ended. The minutes run from the dose until now, unless they are said.

    Raises :class:`Refused` while a wait without a reaction still has minutes to go: leaving early has its own answer.
    """
    need(by, "chart.write", administration)
    encounter = Encounter.objects.select_for_update(of=("self",)).select_related("practice")
    held = encounter.get(pk=administration.encounter_id)
    already = made_before(Observation.objects.all(), submission_key)
    if already is not None:
        return already
    now = now or timezone.now()
    if ended != Ended.NO_REACTION and not response.strip():
        raise Refused("Not recorded yet", errors={"response": "Choose why the patient left, or write it"})
    if minutes is None:
        minutes = int((now - began(administration)).total_seconds() // 60)
    if not 0 <= minutes <= LONGEST_WATCH:
        raise Refused("Enter how long the patient was watched", errors={"minutes": "Enter minutes, up to a day"})
    _refuse_too_early(administration, ended, minutes)
    observation = Observation.objects.create(
        practice_id=administration.practice_id,
        administration=administration,
        minutes=minutes,
        ended=ended,
        response=response.strip()[:200],
        recorded_by=by,
        recorded_at=now,
        submission_key=submission_key,
    )
    telling.amended(held, by)
    return observation


def began(dose: Administration) -> datetime:
    """When the wait began: with the dose, by the clock of the server."""
    return dose.given_at or dose.charted_at


def _refuse_too_early(dose: Administration, ended: str, minutes: int) -> None:
    left = (minutes_after(dose) or 0) - minutes
    if ended == Ended.NO_REACTION and left > 0:
        short = f"{left} minute{'' if left == 1 else 's'} of the wait are left" if left > 1 else "1 minute is left"
        raise Refused(short, errors={"minutes": "If the patient goes now, say why"})


def carry_over(*, earlier: Administration, dose: Administration) -> None:
    """What was seen after the first version was seen after its correction too: the same answer, by the same person."""
    seen = earlier.observations.order_by("-pk").first()
    if seen is not None:
        Observation.objects.create(
            practice_id=dose.practice_id,
            administration=dose,
            minutes=seen.minutes,
            ended=seen.ended,
            response=seen.response,
            recorded_by=seen.recorded_by,
            recorded_at=seen.recorded_at,
        )
