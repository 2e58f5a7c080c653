"""Celery's part: it wakes up and looks what is owed. What it forgets, the outbox and the rows remember."""

from __future__ import annotations

from celery import shared_task

from injections.actions import downtime, import_patients, import_schedule, outbox, uploads  # noqa: F401 - kinds of files
from injections.audit import anchoring, sealing

#: seconds that a file may take, and after which the worker that has it is ended
PATIENCE, END = 45, 60


@shared_task
def drain_outbox() -> int:
    """Do what committed transactions owe, and answer how much was tried."""
    return outbox.drain()


@shared_task
def seal() -> int:
    """Chain what was recorded and signed since the last look, and answer how many rows."""
    return sealing.seal_all()


@shared_task
def anchor() -> int:
    """Write the heads of the chains down outside the database, and answer how many."""
    return len(anchoring.anchor())


@shared_task
def make_downtime_packs() -> int:
    """Put on paper what the next hours may need, and answer how many packs."""
    return downtime.make_due()


@shared_task
def sweep_uploads() -> int:
    """Tell the workers of the files that nobody has. Answers how many."""
    waiting = uploads.owed()
    for upload_id in waiting:
        work_on_upload.apply_async((upload_id,), retry=False)
    return len(waiting)


@shared_task
def purge_uploads() -> int:
    """Delete the files that nobody confirmed within a week, and answer how many."""
    return uploads.purge()


@shared_task(soft_time_limit=PATIENCE, time_limit=END)
def work_on_upload(upload_id: int) -> None:
    """Look at a file, or take it. Delivered twice it counts once; what raises is tried again a few times."""
    try:
        uploads.work(upload_id)
    except Exception as problem:  # also where time or memory ran out
        uploads.release(upload_id, problem)
