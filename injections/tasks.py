"""Celery's part: it wakes up and looks what is owed. What it forgets, the outbox remembers."""

from __future__ import annotations

from celery import shared_task

from injections.actions import outbox
from injections.audit import anchoring, sealing


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
