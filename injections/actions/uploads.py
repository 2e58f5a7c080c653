"""The one door for files: kept with their hash, read and taken by a worker under limits, whole or not at all.

What is owed is the row itself: a worker looks for it, whether or not anybody could tell one. Whoever takes it holds it
for a while only, so that a worker that dies loses nothing, and one that comes twice changes nothing.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from config.transactions import OUTBOX, name_actor, task_transaction, through
from injections.actions.errors import Refused
from injections.actions.outbox import without_data
from injections.actions.rights import need
from injections.chart import practices
from injections.imports.plan import Plan
from injections.imports.preview import preview
from injections.imports.table import Problem
from injections.models import Practice, Staff, Upload

logger = logging.getLogger(__name__)

State = Upload.State
OPEN = (State.WAITING, State.CONFIRMED)
UNCONFIRMED = (State.READ, State.REFUSED, State.FAILED)
LEASE = timedelta(minutes=2)
#: a list of patients that nobody wants is not left lying about
KEPT = timedelta(days=7)
MOST_ATTEMPTS = 3
CHANGED = "Something here changed since you looked. Look again."
STOPPED = "This file could not be worked on. Nothing was imported. Split it into smaller files, or tell us."

Look = Callable[[bytes, Staff], tuple[Plan, tuple[Problem, ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. ``look`` reads it beside what is here and writes nothing; ``carry_out`` does the whole plan."""

    capability: str
    look: Look
    carry_out: Callable[[Plan, Staff], None]


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


@transaction.atomic
def receive(*, kind: str, name: str, content: bytes, by: Staff) -> Upload:
    """Keep a file and owe a look at it. The same bytes again are the same row: looked at again, unless imported."""
    need(by, _kinds[kind].capability)
    sha256 = hashlib.sha256(content).hexdigest()
    said = {"name": name[-100:], "content": content, "uploaded_by": by, "uploaded_at": timezone.now()}
    upload, new = Upload.objects.get_or_create(practice=by.practice, kind=kind, sha256=sha256, defaults=said)
    if not new:
        again = Upload.objects.filter(pk=upload.pk).exclude(state__in=[State.IMPORTED, *OPEN])
        again.update(state=State.WAITING, attempts=0, changed="", taken_until=None, uploaded_at=said["uploaded_at"])
        upload.refresh_from_db(fields=["state", "attempts", "changed", "taken_until"])
    return upload


@transaction.atomic
def confirm(*, upload: Upload, seen: str, by: Staff) -> Upload:
    """Owe the import of what was seen. Said twice, it is owed once; of another plan, the file is looked at again."""
    need(by, _kinds[upload.kind].capability, upload)
    held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if held.state != State.READ:
        return held
    same = bool(seen) and seen == held.plan_digest
    held.state, held.uploaded_by, held.attempts = (State.CONFIRMED if same else State.WAITING), by, 0
    held.changed = "" if same else CHANGED
    held.save(update_fields=["state", "uploaded_by", "attempts", "changed"])
    return held


def owed() -> list[int]:
    """The files that wait for a worker and are held by none. What failed again and again is given up first."""
    now = timezone.now()
    with transaction.atomic(), through(OUTBOX):
        free = Upload.objects.filter(Q(taken_until=None) | Q(taken_until__lt=now), state__in=OPEN)
        free.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED, changed=STOPPED, taken_until=None)
        return list(free.order_by("pk").values_list("pk", flat=True))


def purge(now: datetime | None = None) -> int:
    """Delete the files that were looked at and never confirmed, some days after they came. How many."""
    left = {"state__in": UNCONFIRMED, "uploaded_at__lt": (now or timezone.now()) - KEPT}
    gone = 0
    for practice_id in practices():
        with task_transaction(practice_id):
            gone += Upload.objects.filter(practice=practice_id, **left).delete()[0]
    return gone


def work(upload_id: int) -> bool:
    """Look at a file, or take what was confirmed. False where there was nothing to do."""
    practice_id = _take(upload_id)
    if practice_id is None:
        return False
    practice = Practice.objects.get(pk=practice_id)
    with timezone.override(practice.zone):
        try:
            _in_its_practice(practice_id, upload_id, _work)
        except Refused as refused:
            said = f"Nothing was imported. {refused.message}."
            _in_its_practice(practice_id, upload_id, partial(_looked_at, changed=said))
    return True


def _take(upload_id: int) -> int | None:
    """Hold a file for a while, unless somebody else does: then there is no practice to act for."""
    now = timezone.now()
    free = Q(taken_until=None) | Q(taken_until__lt=now)
    with transaction.atomic(), through(OUTBOX):
        left = Upload.objects.filter(free, pk=upload_id, state__in=OPEN, attempts__lt=MOST_ATTEMPTS)
        if not left.update(taken_until=now + LEASE, attempts=F("attempts") + 1):
            return None
        return Upload.objects.values_list("practice_id", flat=True).get(pk=upload_id)


def _in_its_practice(practice_id: int, upload_id: int, act: Callable[[Upload], None]) -> None:
    """One transaction on behalf of whoever handed the file in or said that it may be taken."""
    with task_transaction(practice_id):
        mine = Upload.objects.select_for_update(of=("self",)).select_related("uploaded_by__practice")
        upload = mine.get(pk=upload_id)
        name_actor(practice_id, upload.uploaded_by_id)
        act(upload)


def _work(upload: Upload) -> None:
    if upload.state == State.WAITING:
        _looked_at(upload, upload.changed)
    elif upload.state == State.CONFIRMED:
        _taken(upload)


def _look(upload: Upload) -> tuple[Plan, dict[str, Any]]:
    plan, problems, ignored = _kinds[upload.kind].look(bytes(upload.content), upload.uploaded_by)
    return plan, preview(plan, problems, ignored)


def _looked_at(upload: Upload, changed: str) -> None:
    plan, upload.found = _look(upload)
    refused = bool(upload.found["wrong"])
    upload.state = State.REFUSED if refused else State.READ
    upload.plan_digest, upload.changed = "" if refused else plan.digest, changed
    _let_go(upload)


def _taken(upload: Upload) -> None:
    plan, found = _look(upload)
    if found["wrong"] or plan.digest != upload.plan_digest:
        _looked_at(upload, CHANGED)
        return
    _kinds[upload.kind].carry_out(plan, upload.uploaded_by)
    upload.state, upload.lines = State.IMPORTED, len(plan.acts)
    upload.imported_at, upload.imported_by = timezone.now(), upload.uploaded_by
    _let_go(upload)


def _let_go(upload: Upload) -> None:
    upload.taken_until = None
    upload.save()


def release(upload_id: int, problem: BaseException) -> None:
    """A look that failed is tried again; the reason is told without what it was about."""
    logger.error("upload %s failed: %s", upload_id, without_data(problem))
    with transaction.atomic(), through(OUTBOX):
        Upload.objects.filter(pk=upload_id, state__in=OPEN).update(taken_until=None)
