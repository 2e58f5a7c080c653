"""Every number and every date that a row can hold has its bounds in the database too, not only in a form.

Asked of the schema as it stands: for each column of both apps the least and the greatest value of its type is put
into the checks of its table. One that no check refuses by itself fails, so what is added tomorrow is asked tomorrow.
"""

import json

import pytest
from django.apps import apps
from django.db import connection, models

from billing.models.published import PublishedRow, StagedRow

APPS = ("injections", "billing")
#: tables that no person fills, and what does
FILLED_BY = {
    "AuditEvent": "the tables' own triggers and one middleware",
    "Seal": "the sealer",
    "Product": "the formulary, which its loader checks",
    "Coding": "the formulary",
    "Package": "the formulary",
    "Demand": "the payers' files, which their loader checks",
    "EditionRow": "the loader of the reference",
    "SourceFile": "the importers of public tables, which refuse a file whole",
    "PeriodRow": "the shipped code sets, which their loader checks",
    "LimitRow": "the shipped code sets",
    "PriceRow": "the shipped code sets",
    "ReplacementRow": "the shipped code sets",
    "SelfGivenRow": "the shipped code sets",
}
#: columns that no page and no file fills
OURS = {
    "AdministrationDraft.version": "counts saves",
    "OutboxMessage.subject_id": "the id of a row",
    "OutboxMessage.person_id": "the id of a person",
    "OutboxMessage.attempts": "counts tries",
    "SignIn.practice_then": "the id of a practice",
    "Tries.failures": "counts tries",
    "Gap.position": "the engine's order",
    "ClaimLine.line_no": "the engine's order",
    "ReplayBatch.number": "counts batches",
    "ReplayBatch.attempts": "counts tries",
    "ReplayBatch.visits": "counts visits",
    "ReplayBatch.differ": "counts visits",
    "ReplayRun.visits": "counts visits",
    "ReplayedVisit.dollars": "the difference of two answers of the engine",
    "ReplayRun.finished_at": "the clock of the worker",
    "ReplayBatch.sent_at": "the clock of the worker",
    "ReplayBatch.taken_until": "the clock of the worker",
    "ReplayBatch.done_at": "the clock of the worker",
    "Review.file_by": "the engine's answer, from the day of the visit",
    "Review.expected": "the engine's answer, from prices",
    "ClaimLine.expected": "the engine's answer, from prices",
    "ClaimLine.units": "the engine's answer, from the signed dose",
}
DAYS, MOMENTS = ("0001-01-01", "9999-12-31"), ("0001-01-01T00:00Z", "9999-12-31T23:59:59Z")
WHOLE = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}


def columns():
    """(model, column, the two ends of its type) of everything that a person or a file may fill."""
    for model in apps.get_models():
        by_nobody = model.__name__ in FILLED_BY or issubclass(model, PublishedRow | StagedRow)
        if model._meta.app_label in APPS and not by_nobody:
            for column in model._meta.concrete_fields:
                ends = ends_of(column)
                clock = getattr(column, "auto_now_add", False) or getattr(column, "auto_now", False)
                if ends and not clock and not column.primary_key and not column.is_relation:
                    yield model, column, ends


def ends_of(column):
    if isinstance(column, models.DateTimeField):
        return MOMENTS
    if isinstance(column, models.DateField):
        return DAYS
    if isinstance(column, models.DecimalField):
        most = "9" * (column.max_digits - column.decimal_places) + "." + "9" * column.decimal_places
        return f"-{most}", most
    if isinstance(column, models.IntegerField):
        most = WHOLE[(column.db_type(connection) or "").split()[0]]
        return -most - 1, most
    return ()


@pytest.fixture(scope="module")
def checks(django_db_setup, django_db_blocker):
    """Table -> its checks as conditions of SQL, as the schema tells them."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, array_agg(pg_get_expr(conbin, conrelid)) FROM pg_constraint "
            "WHERE contype = 'c' GROUP BY 1"
        )
        return dict(cursor.fetchall())


def refused(cursor, table, column, value, conditions):
    """Whether one of the conditions says no to this value in a row of which nothing else is known."""
    row = json.dumps({column: value})
    cursor.execute(
        f"SELECT {', '.join(f'({said}) IS FALSE' for said in conditions)} "
        f"FROM jsonb_populate_record(NULL::{table}, %s::jsonb)".replace("%", "%%").replace("%%s::jsonb", "%s::jsonb"),
        [row],
    )
    return any(cursor.fetchone())


def test_every_number_and_date_has_both_ends_in_the_schema(checks, django_db_setup, django_db_blocker):
    held, open_ended = set(), set()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for model, column, ends in columns():
            table = model._meta.db_table
            conditions = checks.get(table, [])
            holds = conditions and all(refused(cursor, table, column.column, end, conditions) for end in ends)
            (held if holds else open_ended).add(f"{model.__name__}.{column.name}")
    assert len(held) > 50
    assert open_ended == OURS.keys(), "add columns that are open to `within` in the model's constraints"


def test_every_table_that_is_excused_exists():
    assert FILLED_BY.keys() <= {model.__name__ for model in apps.get_models()}
