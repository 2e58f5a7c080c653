"""Replays that run on the workers: asked for once, cut into batches, each counted once, stopped when somebody says so.

A batch is taken by whoever comes first and for a while only; its answer is written in one transaction with the mark
that it is in. So a task that is delivered twice, or lost with its worker, changes nothing and loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from billing.actions.again import Asker, as_of
from billing.actions.replay import Replay, visits_since
from billing.draft.document import draft_from_text
from billing.loading import rows
from billing.models import ReplayBatch, ReplayedVisit, ReplayRun
from billing.replay import Difference
from billing.tallies import Totals
from config.transactions import name_actor, task_transaction
from injections import codec

State = ReplayRun.State
OPEN = (State.WAITING, State.RUNNING)
#: visits of one batch: a second or so of work, so that nothing else waits long behind it
BATCH = 50
#: how long a worker may hold a batch before another one takes it
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5
#: after which workers are told again of what nobody has taken
SILENCE = timedelta(minutes=1)
MOST_TOLD = 2_000


@transaction.atomic
def begin(*, by: Any, since: date, title: str, draft: str, submission_key: UUID) -> ReplayRun:
    """Owe a replay over the practice of this person. The same form sent again is the same run.

    The waiting row is what is owed: workers look for it, whether or not anybody could tell them.
    """
    run, _ = ReplayRun.objects.get_or_create(
        submission_key=submission_key,
        practice_id=by.practice_id,
        defaults={"by": by, "since": since, "title": title, "draft": draft},
    )
    return run


@transaction.atomic
def cut(run_id: int) -> None:
    """Name the visits of a run in batches. Cutting again changes nothing."""
    run = ReplayRun.objects.select_for_update(skip_locked=True).filter(pk=run_id, state=State.WAITING).first()
    if run is None:
        return
    count = 0
    name_actor(run.practice_id, run.by_id)  # workers find runs of every practice; visits are its own
    for number, ids in enumerate(_chunks(run)):
        ReplayBatch.objects.create(practice_id=run.practice_id, run=run, number=number, encounters=ids)
        count += len(ids)
    run.visits, run.state, run.edition = count, State.RUNNING, rows.edition()[:64]
    run.save(update_fields=["visits", "state", "edition"])
    if not count:
        finish(run.pk)


def _chunks(run: ReplayRun) -> Iterator[list[int]]:
    ids = visits_since(run.since, run.practice_id).values_list("pk", flat=True).iterator(chunk_size=2_000)
    while some := list(islice(ids, BATCH)):
        yield some


def work(batch_id: int) -> bool:
    """Ask the visits of a batch again and keep what differs. False where there was nothing left to do."""
    batch = take(batch_id)
    if batch is None:
        return False
    run = batch.run
    replay = Replay(run.since, asker(run), only=batch.encounters, practice_id=run.practice_id)
    with task_transaction(run.practice_id):
        found = list(replay)
    with task_transaction(run.practice_id):
        keep(batch, found, replay.totals)
    finish(run.pk)
    return True


def asker(run: ReplayRun) -> Asker:
    """Asks under the reference that was loaded when the run was cut, whatever is imported meanwhile."""
    row, newest = rows.edition_named(run.edition), rows.edition_row()
    then = row.pk if row is not None and row != newest else None
    return _asker(run.pk, run.draft, then, newest.pk if newest else None)


@lru_cache(maxsize=2)
def _asker(run: int, draft: str, then: int | None, newest: int | None) -> Asker:
    tried = None if then is None else partial(as_of, edition=then)
    return Asker(draft_from_text(draft) if draft else None, tried)


def take(batch_id: int) -> ReplayBatch | None:
    """Hold a batch for a while, unless it is in, its run has ended, or somebody else holds it."""
    now = timezone.now()
    free = Q(taken_until=None) | Q(taken_until__lt=now)
    left = ReplayBatch.objects.filter(free, pk=batch_id, done_at=None, run__state=State.RUNNING)
    if not left.update(taken_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    return ReplayBatch.objects.select_related("run").get(pk=batch_id)


@transaction.atomic
def keep(batch: ReplayBatch, found: list[Difference], totals: Totals) -> bool:
    """Write a batch's answer with the mark that it is in; once, whoever brings it first."""
    run = ReplayRun.objects.select_for_update(no_key=True).get(pk=batch.run_id)
    left = ReplayBatch.objects.filter(pk=batch.pk, done_at=None)
    columns = {"visits": totals.visits, "differ": totals.differ, "totals": codec.encode(totals)}
    if run.state != State.RUNNING or not left.update(done_at=timezone.now(), taken_until=None, **columns):
        return False
    ReplayedVisit.objects.bulk_create(
        ReplayedVisit(
            practice_id=batch.practice_id,
            run_id=batch.run_id,
            encounter_id=difference.encounter,
            payer_key=difference.payer,
            rules=sorted(difference.counted),
            dollars=difference.dollars,
            difference=codec.encode(difference),
        )
        for difference in found
    )
    return True


@transaction.atomic
def finish(run_id: int) -> None:
    """Add the batches up when all are in. Several may come here at once: one of them writes."""
    if ReplayBatch.objects.filter(run=run_id, done_at=None).exists():
        return
    run = ReplayRun.objects.select_for_update().get(pk=run_id)
    if run.state == State.RUNNING:
        _end(run, State.DONE)


@transaction.atomic
def cancel(run: ReplayRun) -> bool:
    """Stop a run. What is in stays to be seen; what workers bring later is not taken."""
    held = ReplayRun.objects.select_for_update().get(pk=run.pk)
    if held.state not in OPEN:
        return False
    _end(held, State.CANCELLED)
    return True


def give_up(run_id: int, problem: str) -> None:
    """End a run that cannot be done, and say why."""
    with transaction.atomic():
        run = ReplayRun.objects.select_for_update().get(pk=run_id)
        if run.state in OPEN:
            _end(run, State.FAILED, problem)


def _end(run: ReplayRun, state: str, problem: str = "") -> None:
    run.state, run.problem, run.finished_at = state, problem, timezone.now()
    run.totals = codec.encode(totals_of(run))
    run.save(update_fields=["state", "problem", "finished_at", "totals"])


def totals_of(run: ReplayRun) -> Totals:
    """What is counted so far."""
    if run.totals is not None:
        return codec.decode(Totals, run.totals)
    whole = Totals()
    for totals in run.batches.exclude(totals=None).values_list("totals", flat=True).iterator():
        whole.add(codec.decode(Totals, totals))
    return whole


def release(batch_id: int) -> None:
    """Let go of a batch that could not be done, so that it is tried again."""
    ReplayBatch.objects.filter(pk=batch_id, done_at=None).update(taken_until=None, sent_at=None)


def owed(run: ReplayRun) -> list[int]:
    """The batches of a run that somebody should be told of: never told, or told long ago while nobody works on it."""
    now = timezone.now()
    left = run.batches.filter(done_at=None)
    if left.filter(attempts__gte=MOST_ATTEMPTS).filter(Q(taken_until=None) | Q(taken_until__lt=now)).exists():
        give_up(run.pk, f"a part of it failed {MOST_ATTEMPTS} times")
        return []
    never = left.filter(sent_at=None)
    lost = left.filter(sent_at__lt=now - SILENCE)
    if left.filter(taken_until__gte=now).exists():
        lost = lost.filter(taken_until__lt=now)
    return list((never | lost).order_by("number").values_list("pk", flat=True)[:MOST_TOLD])


def told(batches: list[int]) -> None:
    """Workers have been told of these."""
    ReplayBatch.objects.filter(pk__in=batches).update(sent_at=timezone.now())
