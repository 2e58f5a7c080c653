"""Lines of a file beside the rows that stand, key by key, in one pass through both.

The lines are first copied into the staging table, because a file is not in the order of its keys; then both sides are
read in that order. Memory holds one key at a time and a batch of writes, whatever the size of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

import psycopg
from django.apps import apps
from django.db import connection
from psycopg import sql

from billing.imports.reconcile import BEFORE_MEMORY, OPEN, Spell
from billing.imports.tables import Published, Table
from billing.models import PublishedRow, StagedRow
from billing.models.rows import Origin

#: between the parts of a key; no code holds it
SEPARATOR = "\x1f"
BATCH = 5_000
TELL_EVERY = 20_000

Progress = Callable[[str], None]


class Line(NamedTuple):
    """One staged line."""

    number: int
    spell: Spell


class Standing(NamedTuple):
    """One row that stands."""

    pk: int
    spell: Spell


class Group(NamedTuple):
    """Everything about one key."""

    key: str
    lines: list[Line]
    rows: list[Standing]


def model_of(table: Table) -> type[PublishedRow]:
    """The model that keeps a table; it has the name of the table's row type."""
    model: type[PublishedRow] = apps.get_model("billing", table.row.__name__)
    return model


# --- in ---


def stage(published: Published, tell: Progress) -> int:
    """Copy every line into the staging table. Raises what the reader raises; the caller's transaction undoes it."""
    width = len(published.table.key)
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(_copy(StagedRow, ["line", "key", "since", "until", "cells"])) as copy,
    ):
        for stated in published.rows:
            cells = [as_text(value) for value in stated.row]
            copy.write_row((stated.line, SEPARATOR.join(map(str, cells[:width])), stated.since, stated.until, cells))
            count += 1
            if count % TELL_EVERY == 0:
                tell(f"read {count:,} lines")
    return count


def as_text(value: Any) -> str | None:
    """A value as PostgreSQL writes it, so that a line and a row compare as text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


# --- beside each other ---


def groups(table: Table) -> Iterator[Group]:
    """Keys in order, each with its lines and its rows."""
    with _reading(_LINES, "staged_lines") as lines, _reading(_standing(table), "standing_rows") as rows:
        left = groupby(lines, key=_first)
        right = groupby(rows, key=_first)
        one, other = next(left, None), next(right, None)
        while one or other:
            key = min(side[0] for side in (one, other) if side)
            here = [_line(row) for row in one[1]] if one and one[0] == key else []
            there = [_row(row) for row in other[1]] if other and other[0] == key else []
            yield Group(key, here, there)
            one = next(left, None) if here else one
            other = next(right, None) if there else other


_LINES = sql.SQL("SELECT key, line, since, until, cells FROM {} ORDER BY key, since NULLS FIRST, line").format(
    sql.Identifier(StagedRow._meta.db_table)
)


def _standing(table: Table) -> sql.Composed:
    key = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in table.key)
    cells = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in table.columns)
    return sql.SQL(
        'SELECT concat_ws({}, {}) COLLATE "C" AS key, id, since, until, ARRAY[{}] FROM {} '
        "WHERE withdrawn_in_id IS NULL ORDER BY 1, since NULLS FIRST"
    ).format(sql.Literal(SEPARATOR), key, cells, sql.Identifier(model_of(table)._meta.db_table))


@contextmanager
def _reading(query: sql.Composed, name: str) -> Iterator[Iterable[tuple[Any, ...]]]:
    """A cursor that stays at the server and hands out rows as they are wanted."""
    raw: psycopg.Connection[Any] = connection.connection
    with raw.cursor(name=name) as cursor:
        cursor.itersize = BATCH
        cursor.execute(query)
        yield cursor


def _first(row: tuple[Any, ...]) -> str:
    key: str = row[0]
    return key


def _line(row: tuple[Any, ...]) -> Line:
    return Line(row[1], _spell(row[2], row[3], row[4]))


def _row(row: tuple[Any, ...]) -> Standing:
    return Standing(row[1], _spell(row[2], row[3], row[4]))


def _spell(since: date | None, until: date | None, cells: list[str | None]) -> Spell:
    return Spell(since or BEFORE_MEMORY, until or OPEN, tuple(cells))


# --- out ---


class Writer:
    """Withdraws and publishes rows in batches. The rows of a key are withdrawn before new ones are published."""

    def __init__(self, table: Table, source: int, edition: int) -> None:
        self.model = model_of(table)
        self.columns = ["since", "until", "origin", "source_id", "published_in_id", *table.columns]
        self.source, self.edition = source, edition
        self.withdrawn: list[int] = []
        self.published: list[Spell] = []

    def replace(self, rows: list[Standing], spells: list[Spell]) -> None:
        """Make ``spells`` stand instead of ``rows``; those that are the same stay as they are."""
        wanted = set(spells)
        standing = {row.spell for row in rows}
        self.withdrawn += [row.pk for row in rows if row.spell not in wanted]
        self.published += [spell for spell in spells if spell not in standing]
        if len(self.withdrawn) + len(self.published) >= BATCH:
            self.flush()

    def flush(self) -> None:
        if self.withdrawn:
            self.model._default_manager.filter(pk__in=self.withdrawn).update(withdrawn_in_id=self.edition)
        if self.published:
            with connection.cursor() as cursor, cursor.copy(_copy(self.model, self.columns)) as copy:
                for spell in self.published:
                    copy.write_row(self._columns(spell))
        self.withdrawn, self.published = [], []

    def _columns(self, spell: Spell) -> tuple[date | str | int | None, ...]:
        since = None if spell.since == BEFORE_MEMORY else spell.since
        until = None if spell.until == OPEN else spell.until
        return (since, until, Origin.IMPORTED.value, self.source, self.edition, *spell.cells)


def _copy(model: type[Any], columns: list[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), names)
