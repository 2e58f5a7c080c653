"""A database of its own for a bench: a clone of the tests' migrated template, gone when the bench is over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests.databases import PREFIX, Databases, elsewhere, unwatched


@contextmanager
def quietly() -> Iterator[None]:
    """Rows are put in without one of the log for each: a bench that fills tables measures what comes after."""
    from django.db import connection

    with unwatched(elsewhere(os.environ["DATABASE_OWNER_URL"], connection.settings_dict["NAME"])):
        yield


@contextmanager
def fresh() -> Iterator[None]:
    """Django on an empty clone, for this process and for those that it starts."""
    made = Databases(os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"])
    name = f"{PREFIX}bench_{os.getpid()}"
    made.prepare_template()
    made.clone(name)
    os.environ["DATABASE_URL"] = elsewhere(os.environ["DATABASE_URL"], name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import connection

    try:
        yield
    finally:
        connection.close()
        made.drop(name)
        made.server.close()
