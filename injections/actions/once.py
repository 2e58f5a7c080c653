"""A form that was sent twice makes one row: its key stands in a unique column of what it makes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import IntegrityError, transaction

from injections.actions.errors import SentBefore
from injections.models import Appointment, Order, Question

Row = TypeVar("Row", Appointment, Order, Question)


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
        already = type(row).objects.filter(submission_key=row.submission_key).first()
        if already is None:
            raise
        return already
    return row
