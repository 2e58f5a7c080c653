"""A form that was sent twice makes one row: its key stands in a unique column of what it makes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from injections.actions.errors import SentBefore


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
