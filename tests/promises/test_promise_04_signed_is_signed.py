"""Promise 4: a signed record never changes. The signed tables are found in the schema, so none can be forgotten."""

import itertools

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError

from injections.actions import orders
from injections.models import Administration, Order, Signature
from tests.factories import NOW, OrderFactory, signed_dose
from tests.promises.owners import owner

pytestmark = pytest.mark.database

#: what a signature or a review stands on; every table that cannot be without one of these is signed as well
ROOTS = {"injections_administration", "billing_review"}
NEEDS = """
SELECT child.relname, parent.relname FROM pg_constraint
JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
WHERE contype = 'f' AND attnotnull
"""
#: what may still be said about a signed row that is not append-only as a whole
STILL_SAID = {"injections_order": {"stopped_on", "stopped_by_id", "stop_reason", "pause_id"}}
SIGNED_LATER = """
SELECT relname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attname = 'signed_at'
"""
REFUSED = r"signed and stays|cannot be|row-level"
STATEMENTS = ("UPDATE {} SET practice_id = practice_id", "DELETE FROM {}", "TRUNCATE {} CASCADE")


def ask(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def signed_tables():
    """The roots, and whatever has a foreign key into them that may not be null, and so on."""
    links, signed = ask(NEEDS), set(ROOTS)
    while more := {child for child, parent in links if parent in signed} - signed:
        signed |= more
    return sorted(signed)


def sealed_by(trigger):
    return {table for (table,) in ask("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", trigger)}


def test_every_signed_table_refuses_change_and_truncation(db, record_property):
    signed = signed_tables()
    assert {"injections_signature", "injections_observation", "billing_claimline", "billing_gap"} <= set(signed)
    assert set(signed) <= sealed_by("append_only") & sealed_by("append_only_truncate")
    rights = ask(
        "SELECT relname FROM pg_class, aclexplode(relacl) WHERE relname = ANY(%s) AND grantee <> relowner"
        " AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')",
        signed,
    )
    assert rights == []
    record_property("signed_tables", len(signed))


def test_nothing_goes_with_what_it_belongs_to(db):
    """No foreign key into or out of a signed table deletes or empties anything along."""
    signed = set(signed_tables())
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and signed & {model._meta.db_table, field.related_model._meta.db_table}:
                assert field.remote_field.on_delete is models.PROTECT, field


ATTEMPTS = {
    "save": lambda row: row.save(),
    "update": lambda row: type(row).objects.filter(pk=row.pk).update(practice=row.practice_id),
    "bulk_update": lambda row: type(row).objects.bulk_update([row], ["practice"]),
    "delete": lambda row: row.delete(),
    "delete a set": lambda row: type(row).objects.filter(pk=row.pk).delete(),
    "raw delete": lambda row: type(row).objects.filter(pk=row.pk)._raw_delete("default"),
    "upsert": lambda row: type(row).objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=["practice"]
    ),
    "cascade": lambda row: row.practice.delete(),
}


@pytest.mark.parametrize("model", [Administration, Signature], ids=lambda model: model.__name__)
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_way_through_the_models(db, model, attempt):
    signed_dose()
    row = model.objects.get()
    before = ask(f"SELECT to_jsonb(found)::text FROM {model._meta.db_table} found")
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        ATTEMPTS[attempt](row)
    assert ask(f"SELECT to_jsonb(found)::text FROM {model._meta.db_table} found") == before


def test_no_way_in_sql_for_the_application_or_the_owner(transactional_db, databases, record_property):
    dose = signed_dose()
    tables, refused = signed_tables(), 0
    for statement, table in itertools.product(STATEMENTS, tables):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            ask(statement.format(table))
        refused += 1
    with owner(databases, dose.practice_id) as found:
        full = [table for table in tables if found.execute(f"SELECT FROM {table} LIMIT 1").fetchone() is not None]
        assert {"injections_administration", "injections_signature", "billing_review"} <= set(full)
        for statement, table in itertools.product(STATEMENTS, tables):
            if table in full or statement.startswith("TRUNCATE"):
                with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
                    found.execute(statement.format(table))
                refused += 1
    record_property("refused", refused)


def test_what_is_signed_later_stays_from_then_on(db):
    """Each table with a time of signing is sealed as a whole, or its trigger names what may still be said."""
    tables = {table for (table,) in ask(SIGNED_LATER)}
    assert tables - sealed_by("append_only") == set(STILL_SAID) == sealed_by("signed_stays")
    assert set(STILL_SAID) <= sealed_by("signed_stays_truncate")


def other_values(order):
    """Another value of the right kind for each column of an order."""
    other = OrderFactory(patient__practice=order.practice, ordered_by=order.ordered_by)
    kinds = {
        "integer": "7", "smallint": "7", "numeric": "7.5", "date": "'2031-01-01'", "uuid": "gen_random_uuid()",
        "timestamp with time zone": "now()", "ARRAY": "'{Z00}'", "character varying": "'other'",
        "jsonb": "'[{}]'",
    }  # fmt: skip
    columns = ask("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'injections_order'")
    return {name: kinds.get(kind, str(other.pk)) for name, kind in columns}


def test_no_column_of_a_signed_order_changes(transactional_db, databases, record_property):
    """By the application and by the owner, in SQL and through the models; but it can be stopped."""
    order = OrderFactory()
    tried = other_values(order)
    assert len(tried) == len(Order._meta.concrete_fields)
    content, refused = set(tried) - STILL_SAID["injections_order"], 0
    before = Order.objects.filter(pk=order.pk).values().get()
    with owner(databases, order.practice_id) as found:
        for name in sorted(content):
            statement = f"UPDATE injections_order SET {name} = {tried[name]} WHERE id = {order.pk}"
            with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
                ask(statement)
            with pytest.raises(psycopg.errors.Error, match=REFUSED):
                found.execute(statement)
            refused += 2
        for statement in (f"DELETE FROM injections_order WHERE id = {order.pk}", "TRUNCATE injections_order CASCADE"):
            with pytest.raises(psycopg.errors.RestrictViolation):
                found.execute(statement)
    unsigned = Order(pk=order.pk, **{name: value for name, value in before.items() if name != "id"})
    unsigned.signed_at = unsigned.signed_by = None
    for attempt in (unsigned.save, order.delete, Order.objects.filter(pk=order.pk).delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Order.objects.filter(pk=order.pk).values().get() == before
    stopped = orders.stop(order=order, by=order.ordered_by, reason="Allergic after all", now=NOW)
    assert stopped.stop_reason == "Allergic after all"
    record_property("refused", refused)


def test_an_order_that_nobody_signed_may_still_change(db):
    order = OrderFactory(signed_by=None, signed_at=None)
    Order.objects.filter(pk=order.pk).update(reason="Another reason")
    order.delete()
    assert not Order.objects.filter(pk=order.pk).exists()
