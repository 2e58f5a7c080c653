"""A reaction: called at once, logged line by line, ended with an outcome. The allergy it teaches is listed at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from injections.actions import observations, patients
from injections.actions.errors import Refused
from injections.actions.once import made_before
from injections.actions.rights import need
from injections.chart.afterwards import reaction_of, standing_version
from injections.models import Administration, Encounter, Reaction, ReactionEntry, Staff
from injections.models.observation import Ended
from injections.models.reaction import EntryKind
from injections.policy import may


@transaction.atomic
def call(*, administration: Administration, by: Staff, now: datetime | None = None) -> Reaction:
    """A reaction has begun. Called twice, or by two people, it is one."""
    need(by, "chart.write", administration)
    Encounter.objects.select_for_update(of=("self",)).get(pk=administration.encounter_id)
    already = reaction_of(administration)
    if already is not None:
        return already
    return Reaction.objects.create(
        practice_id=administration.practice_id,
        administration=administration,
        began_at=now or timezone.now(),
        opened_by=by,
    )


@transaction.atomic
def note(
    *,
    reaction: Reaction,
    kind: str,
    text: str,
    by: Staff,
    minutes_ago: int = 0,
    submission_key: UUID | None = None,
    now: datetime | None = None,
) -> ReactionEntry:
    """One line of the log. What is written down later says how many minutes ago it was."""
    need(by, "chart.write", reaction)
    if not text.strip():
        raise Refused("Say what happened", errors={"text": "Write a few words"})
    already = made_before(ReactionEntry.objects.all(), submission_key)
    if already is not None:
        return already
    if kind != EntryKind.NOTE and reaction.entries.filter(kind=EntryKind.OUTCOME).exists():
        raise Refused("This reaction has ended: add a note instead")
    try:
        with transaction.atomic():
            return ReactionEntry.objects.create(
                practice_id=reaction.practice_id,
                reaction=reaction,
                kind=kind,
                text=text.strip()[:200],
                happened_at=(now or timezone.now()) - timedelta(minutes=minutes_ago),
                noted_by=by,
                submission_key=submission_key,
            )
    except IntegrityError:
        mine = made_before(ReactionEntry.objects.all(), submission_key)
        if mine is not None:
            return mine
        raise Refused("A colleague has just written this down") from None


@transaction.atomic
def end(
    *,
    reaction: Reaction,
    outcome: str,
    by: Staff,
    allergy: bool,
    minutes_ago: int = 0,
    submission_key: UUID | None = None,
    now: datetime | None = None,
) -> ReactionEntry:
    """How it ended. The wait of the dose ends with it; the drug joins the patient's allergies where that is said.

    Raises :class:`Refused` for an end before something that stands in the log.
    """
    dose, moment = standing_version(reaction.administration), (now or timezone.now()) - timedelta(minutes=minutes_ago)
    if reaction.entries.exclude(kind__in=(EntryKind.NOTE, EntryKind.OUTCOME)).filter(happened_at__gt=moment).exists():
        raise Refused("The log goes on after that", errors={"minutes_ago": "Choose a time after the last line"})
    entry = note(
        reaction=reaction,
        kind=EntryKind.OUTCOME,
        text=outcome,
        by=by,
        submission_key=submission_key,
        now=moment,
    )
    if not dose.observations.filter(ended=Ended.REACTION).exists():
        seen = _summary(reaction) or "reaction"
        observations.finish(
            administration=dose,
            ended=Ended.REACTION,
            response=f"{seen}. {outcome}",
            by=by,
            minutes=_watched(dose, moment),
        )
    if allergy:
        patients.add_allergy(
            patient=dose.encounter.patient,
            substance=dose.product.name,
            reaction=_summary(reaction)[:120],
            by=by,
            proposed=not may(by, "allergy.confirm"),
        )
    return entry


def _watched(dose: Administration, until: datetime) -> int:
    passed = until - observations.began(dose)
    return min(max(int(passed.total_seconds() // 60), 0), observations.LONGEST_WATCH)


def _summary(reaction: Reaction) -> str:
    """What was seen, in the order in which it was seen: "hives, short of breath"."""
    seen = reaction.entries.filter(kind=EntryKind.SIGN).values_list("text", flat=True)
    return ", ".join(dict.fromkeys(text.lower() for text in seen))
