"""A form that was sent twice makes one row: its key stands in a unique column of what it makes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from injections.actions.errors import SentBefore
from injections.models import Appointment, DisclosureMade, Order, Question, StandingOrder

Row = TypeVar("Row", Appointment, DisclosureMade, Order, Question, StandingOrder)
Keyed = TypeVar("Keyed", bound=Model)


def made_before(rows: QuerySet[Keyed], submission_key: UUID | None) -> Keyed | None:
    """The one of these rows that the same form made; ``None`` where it made none, or nobody sent a key."""
    return rows.filter(submission_key=submission_key).first() if submission_key else None


@contextmanager
def one_row() -> Iterator[None]:
    """Round the insert. Raises :class:`SentBefore` where the key is taken, also by somebody in the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        if "submission_key" not in str(problem):
            raise
        raise SentBefore from None


def kept_once(row: Row) -> Row:
    """Insert it, and answer it; or the row that the same key made before.

    Raises :class:`SentBefore` where that row is none that this practice can see.
    """
    try:
        with one_row():
            row.save()
    except SentBefore:
        already = made_before(type(row).objects.all(), row.submission_key)
        if already is None:
            raise
        return already
    return row
