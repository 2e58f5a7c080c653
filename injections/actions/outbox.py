"""Work that a committed transaction owes: written with it, done after it, in effect exactly once.

Redis may lose everything it holds; a row here cannot be lost, so the worker looks here and nowhere else. What a handler
raises is kept without its message: messages of databases and parsers carry patient data.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from config.transactions import OUTBOX, acting, through
from injections.models import OutboxMessage
from injections.models.practice import PracticeRow

logger = logging.getLogger(__name__)

Handler = Callable[[int], None]
LONGEST_WAIT = timedelta(hours=1)

_handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """Have ``handler(subject_id)`` do the work of that kind. It runs in a transaction of its own and may run twice."""
    _handlers[kind] = handler


def put(*, kind: str, subject: PracticeRow, key: str | None = None, due_at: datetime | None = None) -> OutboxMessage:
    """Owe a piece of work about a row. The same ``key`` again is the same work: the first row is returned."""
    message, _ = OutboxMessage.objects.get_or_create(
        key=key or f"{kind}:{subject.pk}:{uuid4().hex}",
        defaults={
            "kind": kind,
            "subject_id": subject.pk,
            "practice_id": subject.practice_id,
            "due_at": due_at or timezone.now(),
        },
    )
    return message


def done(message: OutboxMessage) -> None:
    """The work was done in the transaction that owed it: the worker need not look at it."""
    message.done_at = timezone.now()
    message.save(update_fields=["done_at"])


def drain(limit: int = 100, *, now: datetime | None = None) -> int:
    """Do what is due, one transaction each, and answer how many were tried. Workers never meet on one row."""
    tried = 0
    while tried < limit and _next(now or timezone.now()):
        tried += 1
    return tried


@transaction.atomic
def _next(now: datetime) -> bool:
    """Messages of every practice stand in one line; the work of each is done for its own practice alone."""
    with through(OUTBOX):
        message = _waiting(now)
    if message is None:
        return False
    with acting(message.practice_id, message.person_id):
        _attempt(message, now)
    return True


def _waiting(now: datetime) -> OutboxMessage | None:
    waiting = OutboxMessage.objects.select_for_update(skip_locked=True).order_by("pk")
    return waiting.filter(done_at=None, due_at__lte=now, kind__in=_handlers).first()


def _attempt(message: OutboxMessage, now: datetime) -> None:
    message.attempts += 1
    try:
        with transaction.atomic():
            _handlers[message.kind](message.subject_id)
            check_constraints()
    except Exception as problem:
        message.last_error = without_data(problem)
        message.due_at = now + min(timedelta(seconds=5 * 2 ** min(message.attempts, 12)), LONGEST_WAIT)
        logger.error("outbox %s %s failed: %s", message.kind, message.pk, message.last_error)
    else:
        message.done_at, message.last_error = now, ""
    message.save(update_fields=["attempts", "last_error", "due_at", "done_at"])


def check_constraints() -> None:
    """Have deferred constraints speak now, while a savepoint can still undo what broke them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def without_data(problem: BaseException) -> str:
    """What went wrong and where, and nothing of whom it was about."""
    frames = traceback.extract_tb(problem.__traceback__)[-4:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(problem).__name__} at {places}"[:500]
