"""What the schema says about our tables: which there are, whose they are, and the way to the patient."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PATIENTS = "injections_patient"
#: tables that no guard of ours is for, and why
OUTSIDE = {
    "django_migrations": "what is installed; written by the owner alone",
    "django_content_type": "names of models",
    "auth_permission": "names of rights that nothing here uses",
    "django_session": "signed-in browsers: each request may write one, and who signs in is recorded as such",
    "injections_signin": "each request moves its clock; signing in, out and being refused are recorded as such",
    "injections_auditevent": "the log itself; fenced where it is made",
    "injections_seal": "the chain over the log",
    "injections_outboxmessage": "work that is owed: ids only, and what is done about them is recorded where it is done",
    "billing_stagedrow": "lines of a public file on their way in; no other transaction ever sees them",
}
#: published tables hold public content by the million; who imported which file is recorded with the file
PUBLISHED = "withdrawn_only"

_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
   AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = %s)
"""
_COLUMNS = """
SELECT relname, attname, attnotnull FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
"""
_LINKS = """
SELECT child.relname, attname, parent.relname FROM pg_constraint
JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
WHERE contype = 'f' AND cardinality(conkey) = 1 ORDER BY attnotnull DESC, attnum
"""


@dataclass(frozen=True, slots=True)
class Schema:
    """Tables without published ones, their columns (name -> may not be null), and their links (column, table)."""

    tables: frozenset[str]
    columns: dict[str, dict[str, bool]]
    links: dict[str, list[tuple[str, str]]]

    @property
    def watched(self) -> list[str]:
        """Tables whose every write becomes an audit event."""
        return sorted(self.tables - OUTSIDE.keys())

    @property
    def of_a_practice(self) -> list[str]:
        """Tables whose rows belong to a practice."""
        return sorted(table for table in self.tables if "practice_id" in self.columns[table])

    def shared(self, table: str) -> bool:
        """Whether some rows belong to no practice and are everybody's."""
        return not self.columns[table]["practice_id"]

    def way_to_patient(self, table: str) -> list[tuple[str, str]] | None:
        """The shortest way over foreign keys: the columns to follow and the tables they lead to. ``None``: no way."""
        if table == PATIENTS:
            return []
        waiting: deque[tuple[str, list[tuple[str, str]]]] = deque([(table, [])])
        seen = {table}
        while waiting:
            at, way = waiting.popleft()
            for column, target in self.links.get(at, ()):
                if target == PATIENTS:
                    return [*way, (column, target)]
                if target not in seen:
                    seen.add(target)
                    waiting.append((target, [*way, (column, target)]))
        return None


def read_schema(cursor: Any) -> Schema:
    """The schema as the database has it now."""
    cursor.execute(_TABLES, [PUBLISHED])
    tables = frozenset(name for (name,) in cursor.fetchall())
    columns: dict[str, dict[str, bool]] = {}
    for table, column, stated in _rows(cursor, _COLUMNS):
        columns.setdefault(table, {})[column] = stated
    links: dict[str, list[tuple[str, str]]] = {}
    for child, column, parent in _rows(cursor, _LINKS):
        links.setdefault(child, []).append((column, parent))
    return Schema(tables, columns, links)


def _rows(cursor: Any, query: str) -> Iterator[tuple[Any, ...]]:
    cursor.execute(query)
    yield from cursor.fetchall()
