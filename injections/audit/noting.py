"""What a request has looked at, kept until it has been answered.

There is one door: the row of a patient notes itself when it is read from the database (``Patient.from_db``), so a new
page cannot forget to. What reads patients without their rows calls :func:`note_patients`.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Happening:
    """Something other than a page shown: who, for which practice, what."""

    action: str
    practice_id: int | None
    person_id: int | None


@dataclass(slots=True)
class Notes:
    patients: set[int] = field(default_factory=set)
    happenings: list[Happening] = field(default_factory=list)


_notes: ContextVar[Notes | None] = ContextVar("audit_notes", default=None)


def begin() -> Notes:
    """A clean page for this request; what is noted from now on stands on it."""
    notes = Notes()
    _notes.set(notes)
    return notes


def end() -> None:
    _notes.set(None)


def note_patients(ids: Iterable[int]) -> None:
    """These patients were read for the answer. Outside a request nobody is shown anything."""
    notes = _notes.get()
    if notes is not None:
        notes.patients.update(ids)


def note(happening: Happening) -> bool:
    """Have it recorded after the request's transaction, whatever becomes of that; false outside a request."""
    notes = _notes.get()
    if notes is None:
        return False
    notes.happenings.append(happening)
    return True
