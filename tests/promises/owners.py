"""The owner of the tables at work on a test's own database: what nobody does in production but an intruder."""

from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo


@contextmanager
def owner(databases, practice_id=None):
    """A connection as the owner, without triggers of ours to stop it where ``practice_id`` is not given."""
    address = make_conninfo(databases.owner_url, dbname=connection.settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as found:
        if practice_id is not None:
            found.execute("SELECT set_config('app.practice', %s, false)", [str(practice_id)])
        yield found


@contextmanager
def tampering(found, *tables):
    """A transaction with triggers and row-level security off, which is undone in the end."""
    with found.transaction(force_rollback=True):
        for table in tables:
            found.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            found.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        yield
