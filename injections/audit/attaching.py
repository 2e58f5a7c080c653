"""Guards for every table, worked out from the schema after each migration, so that no new table can be forgotten.

Each table of ours is *watched* (a trigger writes an audit event for each write) and each table of a practice is
*fenced* (row-level security shows only the rows of the practice that the transaction named).
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from config.transactions import OUTBOX, SEALING, SIGN_IN
from injections.audit.schema import PATIENTS, Schema, read_schema

#: The doors: which kind of work may see the rows of every practice in one table, for which commands, and why.
#: Signing in must find a person before their practice is known, and count what they tried. The outbox and files are
#: taken up in the order of time and each acts for its own practice. One chain runs over the signatures of all
#: practices.
DOORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "injections_staff": (SIGN_IN, ("SELECT", "UPDATE")),
    "injections_outboxmessage": (OUTBOX, ("SELECT", "UPDATE")),
    "injections_upload": (OUTBOX, ("SELECT", "UPDATE")),
    "injections_signature": (SEALING, ("SELECT",)),
}
#: fenced where it is made: anybody may add to the log
MADE_FENCED = {"injections_auditevent"}
#: of a practice and yet open to all: why
UNFENCED = {
    "billing_replayrun": "workers look for runs that wait, of any practice; a run says since when, and counts",
    "billing_replaybatch": "the numbers of its visits, and who works on them; what differs is fenced",
}

_POLICIES = """
SELECT relname, array_agg(polname::text ORDER BY polname) FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
GROUP BY relname
"""


def attach(**_: Any) -> None:
    """Watch and fence every table that should be. Called after `migrate`, as the owner; may be repeated."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('fence(regclass, boolean, text, text[])') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return  # on the way to an earlier migration
        schema = read_schema(cursor)
        for table in schema.watched:
            cursor.execute("SELECT watch(%s::regclass, %s, %s)", [table, *lead(schema, table)])
        cursor.execute(_POLICIES)
        standing = dict(cursor.fetchall())
        for table in schema.of_a_practice:
            if table not in MADE_FENCED and table not in UNFENCED and standing.get(table) != policies(table):
                door, commands = DOORS.get(table, ("", ()))
                cursor.execute(
                    "SELECT fence(%s::regclass, %s, %s, %s)", [table, schema.shared(table), door, list(commands)]
                )


def policies(table: str) -> list[str]:
    """The names of the policies that a table of a practice has, in order."""
    _, commands = DOORS.get(table, ("", ()))
    return sorted(["practice", *(f"door_{command.lower()}" for command in commands)])


def lead(schema: Schema, table: str) -> tuple[str | None, str | None]:
    """The column that leads to the patient, and the query that goes the rest of the way from its value."""
    way = schema.way_to_patient(table)
    if way is None:
        return None, None
    if not way:
        return "id", None
    (first, target), *rest = way
    return first, _query(target, rest) if target != PATIENTS else None


def _query(start: str, way: list[tuple[str, str]]) -> str:
    """From the id of a row of ``start`` to the id of its patient. Names come from the schema."""
    joins, at = [], "t0"
    for number, (column, target) in enumerate(way[:-1], start=1):
        joins.append(f"JOIN {target} t{number} ON t{number}.id = {at}.{column}")
        at = f"t{number}"
    return f"SELECT {at}.{way[-1][0]} FROM {start} t0 {' '.join(joins)} WHERE t0.id = $1"  # nosec B608 # noqa: S608 - names of our own schema
