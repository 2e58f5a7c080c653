"""For which practice a test acts: row-level security holds in tests as it does for everybody.

In production a request or a task names its practice (config/transactions.py). A test that calls actions itself stands
in for one, so it acts for the first practice that it made. Rows of another practice are out of its sight until it
says :func:`for_practice`.
"""

from contextlib import contextmanager

from django.db import connection

from config.transactions import named_actor

SESSION = "SELECT set_config('app.practice', %s, %s), set_config('app.user', %s, %s)"


def at_first(practice_id):
    """Act for this practice from now on, unless the test acts for one already."""
    if named_actor()[0]:
        return
    name(practice_id)


def name(practice_id, user_id=None):
    """To the end of the test's transaction; a test that commits keeps it for its connection, which ends with it."""
    local = connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(SESSION, [str(practice_id or ""), local, str(user_id or ""), local])


def nobody():
    """Act for no practice, as a worker does before it knows for whom."""
    name(None)


@contextmanager
def for_practice(practice_id, user_id=None):
    """Act for this practice inside the block."""
    before = named_actor()
    name(practice_id, user_id)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            name(*before)
