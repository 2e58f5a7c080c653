"""The reference of this installation without a practice: what ships, and the public tables that were imported."""

from __future__ import annotations

from dataclasses import replace

from django.db import Error

from billing.loading import rows, shipped_reference
from billing.loading.imported import imported
from billing.reference import Reference


class NoTables(Exception):
    """The database cannot say what was imported. Carries why, in one line."""


def loaded_reference() -> Reference:
    """Shipped files with the imported tables before them. Raises :class:`NoTables` where no database answers."""
    try:
        tables = imported()
        edition = rows.edition() if tables.files else ""
    except Error as problem:
        raise NoTables(str(problem).partition("\n")[0]) from problem
    shipped = shipped_reference()
    return replace(shipped, imported=tables, edition=edition) if tables.files else shipped
