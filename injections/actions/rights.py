"""Whether this person may do this to that row: asked by every action before it writes."""

from __future__ import annotations

from injections.actions.errors import NotAllowed
from injections.models import Staff
from injections.models.practice import PracticeRow
from injections.policy import may


def need(by: Staff, capability: str, *rows: PracticeRow | None) -> None:
    """Raises :class:`NotAllowed` unless the role has the capability and every row is of this person's practice."""
    if not may(by, capability):
        raise NotAllowed("Your role does not allow this")
    same_practice(by, *rows)


def same_practice(by: Staff, *rows: PracticeRow | Staff | None) -> None:
    """Raises :class:`NotAllowed` when a row belongs to another practice."""
    if any(row is not None and row.practice_id != by.practice_id for row in rows):
        raise NotAllowed("This belongs to another practice")
