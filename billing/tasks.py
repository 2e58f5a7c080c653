"""The bill's work for the workers. Arguments are numbers of rows; what a queue forgets, the rows remember."""

from __future__ import annotations

import logging

from celery import shared_task

from billing.actions import replaying
from billing.models import ReplayRun
from injections.actions.outbox import without_data

logger = logging.getLogger(__name__)
#: behind everything that somebody waits for; the broker's other end is 0
LAST = 9


@shared_task
def sweep_replays() -> int:
    """Cut the replays that wait, and tell the workers of the parts that nobody works on. Answers how many parts."""
    for run_id in ReplayRun.objects.filter(state=ReplayRun.State.WAITING).values_list("pk", flat=True):
        try:
            replaying.cut(run_id)
        except Exception as problem:
            logger.error("replay %s cannot be cut: %s", run_id, without_data(problem))
            replaying.give_up(run_id, without_data(problem))
    return sum(map(_tell, ReplayRun.objects.filter(state=ReplayRun.State.RUNNING)))


def _tell(run: ReplayRun) -> int:
    batches = replaying.owed(run)
    replaying.told(batches)
    for batch_id in batches:
        replay_batch.apply_async((batch_id,), priority=LAST)
    replaying.finish(run.pk)
    return len(batches)


@shared_task
def replay_batch(batch_id: int) -> None:
    """One part of a replay. Delivered twice it counts once; what raises is told without its message and tried again."""
    try:
        replaying.work(batch_id)
    except Exception as problem:
        logger.error("replay batch %s failed: %s", batch_id, without_data(problem))
        replaying.release(batch_id)
