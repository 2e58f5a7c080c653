"""Sealing: a job numbers and chains what has been committed since it last looked.

Nothing is chained while somebody writes or signs: a lock there would have every transaction wait for every other
(measured: a fifth of the speed), and numbers given before the lock leave broken links. Here one worker at a time adds
to the end, and the rest of the house never notices.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from config.transactions import SEALING, through
from injections.audit.chain import START, digest
from injections.audit.chains import CHAINS, LAYOUT, Chain
from injections.models.audit import Seal

MOST = 20_000
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('deltoid sealing'))"


def seal_all(limit: int = MOST) -> int:
    """Seal what is new in every chain and answer how many rows; nothing while another worker is at it."""
    return sum(seal(chain, limit) for chain in CHAINS)


@transaction.atomic
def seal(chain: Chain, limit: int = MOST) -> int:
    """Add the next rows to the end of one chain."""
    with through(SEALING), connection.cursor() as cursor:
        cursor.execute(LOCK)
        if cursor.fetchone() != (True,):
            return 0
        number, previous = head(cursor, chain)
        found = unsealed(cursor, chain, number, limit)
        now, seals = timezone.now(), []
        for values in found:
            row = dict(zip(chain.columns, values, strict=True))
            number += 1
            previous = digest(previous, number, now, row)
            seals.append((chain.name, number, row["id"], LAYOUT, previous, now))
        _copy(cursor, seals)
    return len(seals)


def head(cursor: Any, chain: Chain) -> tuple[int, str]:
    """Number and digest of the last link."""
    cursor.execute(
        "SELECT number, digest FROM injections_seal WHERE chain = %s ORDER BY number DESC LIMIT 1", [chain.name]
    )
    return cursor.fetchone() or (0, START)


def unsealed(cursor: Any, chain: Chain, last: int, limit: int) -> list[tuple[Any, ...]]:
    """Rows without a seal, oldest first, where ``last`` is the number of the last link."""
    wanted = ", ".join(f'"{column}"' for column in chain.columns)
    query = f"""
        SELECT {wanted} FROM {chain.table} subject
        WHERE {chain.recent} AND NOT EXISTS
            (SELECT FROM injections_seal WHERE chain = %s AND subject_id = subject.id)
        ORDER BY id LIMIT %s
    """  # nosec B608 # noqa: S608 - table and columns stand in chains.py
    cursor.execute(query, [last, chain.name, limit])
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _copy(cursor: Any, seals: list[tuple[Any, ...]]) -> None:
    """The quickest way in."""
    columns = "chain, number, subject_id, layout, digest, sealed_at"
    with cursor.copy(f"COPY {Seal._meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in seals:
            copy.write_row(row)
