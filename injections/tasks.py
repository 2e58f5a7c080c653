"""Celery's part: it wakes up and looks what is owed. What it forgets, the outbox remembers."""

from __future__ import annotations

from celery import shared_task

from injections.actions import outbox


@shared_task
def drain_outbox() -> int:
    """Do what committed transactions owe, and answer how much was tried."""
    return outbox.drain()
