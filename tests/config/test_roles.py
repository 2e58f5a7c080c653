"""The application's role can do its work and nothing that would undo a safeguard."""

import pytest
from django.db import DatabaseError, connection

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_tests_run_as_the_application(databases):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (databases.app, False, False, False, False)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE mine (id int)",
        "ALTER TABLE django_session DISABLE TRIGGER ALL",
        "TRUNCATE django_session",
        "DROP TABLE django_session",
        "CREATE ROLE mine",
        "SET ROLE pg_database_owner",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_may_not(statement):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        cursor.execute(statement)


def test_the_owner_is_no_superuser(databases):
    rights = databases.server.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert rights == (False, False, False, True)
