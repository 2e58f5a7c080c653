"""The log at a million rows: seconds for a page by each column, how quickly rows are sealed and checked, and what the
guards cost a write.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
from psycopg.conninfo import make_conninfo

WRITES = 2000


@contextmanager
def timed(told: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    told.append(time.perf_counter() - began)


@contextmanager
def owning() -> Iterator[psycopg.Connection]:
    from django.db import connection

    address = make_conninfo(os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as found:
        yield found


def pages(rows: int) -> Iterator[tuple[str, float]]:
    """Seconds for a page and its successor by each column, the slower of both, over the whole year."""
    from config.transactions import task_transaction
    from injections.audit import report
    from tests.factories import PatientFactory, PracticeFactory, StaffFactory
    from tests.promises.filling import fill_log

    practice = PracticeFactory()
    PatientFactory.create_batch(500, practice=practice)
    StaffFactory.create_batch(30, practice=practice)
    with owning() as owner:
        fill_log(owner, practice.pk, rows)
    for name in report.SORTS:
        for sort in (name, f"-{name}"):
            asked = report.Question(
                practice.pk, datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), sort=sort
            )
            took: list[float] = []
            with task_transaction(practice.pk):
                with timed(took):
                    first = report.page(asked)
                with timed(took):
                    report.page(asked, after=first[report.PAGE - 1].id)
            yield sort, max(took)


def sealed() -> tuple[int, float, float]:
    """How many rows were sealed, and how many a second are sealed and checked."""
    from django.db import connection, transaction

    from config.transactions import SEALING, through
    from injections.audit import sealing
    from injections.audit.chains import AUDIT
    from injections.audit.verification import verify_chain

    took: list[float] = []
    with timed(took):
        rows = sealing.seal(AUDIT, 100_000)
    with timed(took), transaction.atomic(), through(SEALING), connection.cursor() as cursor:
        found = verify_chain(cursor, AUDIT)
    assert found.links == rows
    return rows, rows / took[0], rows / took[1]


def guards() -> tuple[float, float, float]:
    """Writes a second of one row in a transaction of many: plain, fenced, and fenced and watched."""
    from tests.factories import PatientFactory

    patient = PatientFactory()
    update = "UPDATE injections_patient SET phone = %s WHERE id = %s AND practice_id = %s"
    speeds = []
    with owning() as owner:
        owner.execute("SELECT set_config('app.practice', %s, false)", [str(patient.practice_id)])
        for statements in (
            ("DISABLE TRIGGER audited", "NO FORCE ROW LEVEL SECURITY"),
            ("FORCE ROW LEVEL SECURITY",),
            ("ENABLE TRIGGER audited",),
        ):
            for statement in statements:
                owner.execute(f"ALTER TABLE injections_patient {statement}")
            took: list[float] = []
            with timed(took), owner.transaction():
                for number in range(WRITES):
                    owner.execute(update, [str(number), patient.pk, patient.practice_id])
            speeds.append(WRITES / took[0])
    plain, fenced, watched = speeds
    return plain, fenced, watched
