"""The log sorted by the name of a person or a patient, without sorting it: name after name, each by time.

A million events have few names. Each name's events stand together in an index, so that a page costs as many rows as it
shows, wherever it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection

#: column of the log -> the table that knows the name
TABLES = {"person_id": "injections_staff", "patient_id": "injections_patient"}
AT_ONCE = 64
_COLUMNS = "e.id, e.at, e.person_id, e.patient_id, e.action, e.subject, e.row_key, e.columns, e.role, e.via"


class Period(NamedTuple):
    """Which log, which part of it, and which way round."""

    where: str
    values: list[Any]
    practice_id: int
    column: str
    descending: bool

    @property
    def way(self) -> str:
        return "DESC" if self.descending else "ASC"


def rows(period: Period, after: int | None, most: int) -> list[tuple[Any, ...]]:
    """The events after the one with this id; at most as many."""
    names = _names(period)
    found: list[tuple[Any, ...]] = []
    last = _last(period, after)
    if last is not None and last[0] in names:
        names = names[names.index(last[0]) :]
        found = _of_one(period, names.pop(0), last[1:], most)
    for some in _some(names):
        if len(found) >= most:
            break
        left = most - len(found)
        found += _of_one(period, None, None, left) if some == [None] else _of_several(period, some, left)
    return found


def _names(period: Period) -> list[int | None]:
    """Everybody who is in the log, in the order of names. Nobody comes first, then who is no longer known."""
    column, table = period.column, TABLES[period.column]
    here = f"SELECT {column} FROM injections_auditevent WHERE practice_id = %s AND {column}"  # nosec B608 # noqa: S608 - a name of TABLES
    query = f"""
    WITH RECURSIVE seen AS (
        ({here} IS NOT NULL ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT ({here} > seen.{column} ORDER BY {column} LIMIT 1) FROM seen WHERE seen.{column} IS NOT NULL
    )
    SELECT {column} FROM seen LEFT JOIN {table} n ON n.id = seen.{column} WHERE {column} IS NOT NULL
    ORDER BY coalesce(n.sort_name, ''), {column}
    """  # nosec B608 # noqa: S608 - names of TABLES
    with connection.cursor() as cursor:
        cursor.execute(query, [period.practice_id, period.practice_id])
        names = [None, *(row[0] for row in cursor.fetchall())]
    return names[::-1] if period.descending else names


def _some(names: list[int | None]) -> Iterator[list[int | None]]:
    """Some at a time; nobody has a question of its own."""
    known = [name for name in names if name is not None]
    parts: list[list[int | None]] = [[*known[n : n + AT_ONCE]] for n in range(0, len(known), AT_ONCE)]
    if len(known) < len(names):
        parts.insert(0 if names[0] is None else len(parts), [None])
    yield from parts


def _last(period: Period, after: int | None) -> tuple[Any, ...] | None:
    """Whose event that is, and where it stands among theirs."""
    if after is None:
        return None
    query = f"SELECT e.{period.column}, e.at, e.id FROM injections_auditevent e WHERE e.id = %s"  # nosec B608 # noqa: S608 - a name of TABLES
    with connection.cursor() as cursor:
        cursor.execute(query, [after])
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def _of_one(period: Period, name: int | None, after: tuple[Any, ...] | None, most: int) -> list[tuple[Any, ...]]:
    whose, values = (f"e.{period.column} IS NULL", []) if name is None else (f"e.{period.column} = %s", [name])
    where = f"{period.where} AND {whose}"
    if after is not None:
        where += f" AND (e.at, e.id) {'<' if period.descending else '>'} (%s, %s)"
        values = [*values, *after]
    order = f"e.at {period.way}, e.id {period.way}"
    query = f"SELECT {_COLUMNS} FROM injections_auditevent e WHERE {where} ORDER BY {order} LIMIT %s"  # nosec B608 # noqa: S608 - values are parameters
    with connection.cursor() as cursor:
        cursor.execute(query, [*period.values, *values, most])
        return cursor.fetchall()


def _of_several(period: Period, names: list[int | None], most: int) -> list[tuple[Any, ...]]:
    order = f"e.at {period.way}, e.id {period.way}"
    query = f"""
    SELECT {_COLUMNS} FROM unnest(%s::bigint[]) WITH ORDINALITY AS name (id, place) CROSS JOIN LATERAL (
        SELECT * FROM injections_auditevent e WHERE {period.where} AND e.{period.column} = name.id
        ORDER BY {order} LIMIT %s
    ) e ORDER BY place, {order} LIMIT %s
    """  # nosec B608 # noqa: S608 - values are parameters
    with connection.cursor() as cursor:
        cursor.execute(query, [names, *period.values, most, most])
        return cursor.fetchall()
