"""The databases of the tests: dropped whoever is at work in them."""

import threading

import psycopg
import pytest

from tests.databases import PREFIX, elsewhere


@pytest.fixture
def spare(databases):
    name = f"{PREFIX}spare"
    databases.clone(name)
    yield name
    databases.drop(name)


def test_drop_ends_the_sessions_of_the_application(databases, spare):
    left_open = psycopg.connect(elsewhere(databases.app_url, spare))
    databases.drop(spare)
    with pytest.raises(psycopg.OperationalError):
        left_open.execute("SELECT 1")
    assert not databases.exists(spare)


def test_drop_waits_for_housekeeping_of_the_server(databases, spare):
    """What the server itself does in a database (here a long VACUUM of the owner's) never leaves the clone behind."""
    with psycopg.connect(elsewhere(databases.owner_url, spare), autocommit=True) as owner:
        busy = threading.Thread(target=lambda: _vacuum(owner))
        busy.start()
        databases.drop(spare)
        busy.join()
    assert not databases.exists(spare)


def _vacuum(connection):
    try:
        connection.execute("VACUUM FULL")
    except psycopg.Error:
        return  # ended by the drop, as it should be
