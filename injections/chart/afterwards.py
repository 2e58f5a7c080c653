"""What happened after a dose belongs to all its versions: a correction of the record loses no reaction."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from injections.models import Administration, Location, Reaction
from injections.models.reaction import EntryKind


def reaction_of(dose: Administration) -> Reaction | None:
    """The reaction that was called after this dose, whichever of its versions stood then."""
    version: Administration | None = dose
    while version is not None:
        called = next(iter(version.reactions.all()), None)
        if called is not None:
            return called
        version = version.supersedes
    return None


def still_running(location: Location, on: date) -> QuerySet[Reaction]:
    """The reactions to doses of that day at that place whose log nobody has closed, whoever began first first."""
    ended = Reaction.objects.filter(entries__kind=EntryKind.OUTCOME)
    rows = Reaction.objects.filter(
        administration__encounter__location=location, administration__encounter__date=on
    ).exclude(pk__in=ended)
    return rows.select_related("administration").order_by("began_at", "pk")


def standing_version(dose: Administration) -> Administration:
    """The version of this dose that stands now."""
    while (later := Administration.objects.filter(supersedes=dose).first()) is not None:
        dose = later
    return dose
