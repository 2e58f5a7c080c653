"""The log as a page asks for it: a period, a person, a patient, an action; sorted by any column, page after page.

A page goes on where the last one ended (the event's id and what it is sorted by), so that the thousandth is as quick as
the first. Only the id stands in an address: names never do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from injections.audit import by_name

PAGE = 50
#: what a file may hold; more is asked for in parts
MOST_EXPORTED = 100_000

#: column of the page -> what the rows are sorted by
SORTS = {
    "at": "e.at",
    "person": "coalesce(s.sort_name, '')",
    "action": "e.action",
    "subject": "e.subject",
    "row": "e.row_key",
    "patient": "coalesce(p.sort_name, '')",
}
_FROM = """
FROM injections_auditevent e
LEFT JOIN injections_staff s ON s.id = e.person_id
LEFT JOIN injections_patient p ON p.id = e.patient_id
"""
_COLUMNS = "e.id, e.at, e.person_id, e.patient_id, e.action, e.subject, e.row_key, e.columns, e.role, e.via"


class Line(NamedTuple):
    """One event."""

    id: int
    at: datetime
    person_id: int | None
    patient_id: int | None
    action: str
    subject: str
    row_key: str
    columns: list[str]
    role: str
    via: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the log of one practice. ``until`` is the first moment that is no longer meant."""

    practice_id: int
    since: datetime
    until: datetime
    person_id: int | None = None
    patient_id: int | None = None
    action: str = ""
    sort: str = "-at"

    @property
    def key(self) -> str:
        return SORTS[self.sort.removeprefix("-")]

    @property
    def is_narrow(self) -> bool:
        """Whether few rows are meant, which are sorted quickly."""
        return bool(self.person_id or self.patient_id or self.action)

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")


def page(asked: Question, after: int | None = None, size: int = PAGE) -> list[Line]:
    """The events after the one with this id in the order asked for; one more than a page where there are more."""
    where, values = _where(asked)
    column = f"{asked.sort.removeprefix('-')}_id"
    if column in by_name.TABLES and not asked.is_narrow:
        period = by_name.Period(where, values, asked.practice_id, column, asked.descending)
        return [Line(*row) for row in by_name.rows(period, after, size + 1)]
    with connection.cursor() as cursor:
        if after is not None:
            cursor.execute(f"SELECT {asked.key} {_FROM} WHERE e.id = %s", [after])  # nosec B608 # the key is one of SORTS
            found = cursor.fetchone()
            if found is not None:
                where += f" AND ({asked.key}, e.id) {'<' if asked.descending else '>'} (%s, %s)"
                values += [found[0], after]
        way = "DESC" if asked.descending else "ASC"
        query = f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY {asked.key} {way}, e.id {way} LIMIT %s"  # nosec B608 # values are parameters
        cursor.execute(query, [*values, size + 1])
        return [Line(*row) for row in cursor.fetchall()]


def count(asked: Question) -> int:
    """How many events are meant."""
    where, values = _where(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM injections_auditevent e WHERE {where}", values)  # nosec B608 # noqa: S608 - values are parameters
        return int(cursor.fetchone()[0])


def everything(asked: Question, most: int = MOST_EXPORTED) -> Iterator[Line]:
    """All that is meant, some thousand at a time."""
    after, left = None, most
    while left > 0:
        found = page(asked, after, min(5000, left))
        yield from found[: min(5000, left)]
        if len(found) <= min(5000, left):
            return
        left -= 5000
        after = found[-2].id


def _where(asked: Question) -> tuple[str, list[Any]]:
    conditions = {
        "e.practice_id = %s": asked.practice_id,
        "e.at >= %s": asked.since,
        "e.at < %s": asked.until,
        "e.person_id = %s": asked.person_id,
        "e.patient_id = %s": asked.patient_id,
        "e.action = %s": asked.action or None,
    }
    stated = {text: value for text, value in conditions.items() if value is not None}
    return " AND ".join(stated), list(stated.values())
