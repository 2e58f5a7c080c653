"""What happened after a dose belongs to all its versions: a correction of the record loses no reaction."""

from __future__ import annotations

from injections.models import Administration, Reaction


def reaction_of(dose: Administration) -> Reaction | None:
    """The reaction that was called after this dose, whichever of its versions stood then."""
    version: Administration | None = dose
    while version is not None:
        called = next(iter(version.reactions.all()), None)
        if called is not None:
            return called
        version = version.supersedes
    return None


def standing_version(dose: Administration) -> Administration:
    """The version of this dose that stands now."""
    while (later := Administration.objects.filter(supersedes=dose).first()) is not None:
        dose = later
    return dose
