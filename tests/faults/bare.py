"""A control that must fail: charges made by a task that is sent after the commit, and nothing that remembers it.

It is often done so, and it loses charges whenever a worker dies at the wrong moment. The harness has to see that.
"""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.apps import AppConfig
from django.db import transaction


class Bare(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from injections import signals

        for signal in (signals.encounter_signed, signals.encounter_amended):
            signal.disconnect(dispatch_uid="billing.charges")
            signal.connect(send, dispatch_uid="faults.bare")


def send(sender: object, encounter_row: Any, **more: Any) -> None:
    key, practice = encounter_row.pk, encounter_row.practice_id
    transaction.on_commit(lambda: derive.delay(key, practice))


@shared_task
def derive(encounter_id: int, practice_id: int) -> None:
    from billing.receivers import heal
    from config.transactions import task_transaction

    with task_transaction(practice_id):
        heal(encounter_id)
