"""Signed rows take no change, from anybody: the list of tables comes from the schema, not from memory."""

import itertools
import os

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, InternalError, ProgrammingError

from config.transactions import named_actor
from injections.models import Administration, Observation, Signature, StockMove
from tests.factories import NOW, EncounterFactory, LotFactory, OrderFactory, charted_draft, proof_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SIGNED = {Administration, Signature, StockMove, Observation}
MUST = {model._meta.db_table for model in SIGNED}
#: said once and never rewritten, like the signed ones, and each with a test of its own
SAID = {
    "injections_restriction",
    "injections_restrictionend",
    "injections_emergencyaccess",
    "injections_reaction",
    "injections_reactionentry",
    "injections_recall",
    "injections_recallcontact",
    "injections_disclosuremade",
    "injections_disclosuretakenback",
    "injections_emergencyend",
    "injections_incident",
    "injections_incidentnote",
    "injections_vialmove",
    "injections_orderpause",
    "injections_sparedside",
    "injections_sparedsideend",
    "injections_excursion",
    "injections_heldlot",
    "injections_holdend",
    "injections_locationfact",
    "injections_locationplace",
    "injections_knowncode",
    "injections_knowncodeend",
    "injections_standingorder",
    "injections_standingorderend",
}
LOGS = {"injections_auditevent", "injections_seal"}
SEALED = """
SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE tgname = %s AND relname LIKE 'injections%%'
"""


def sealed_by(trigger):
    with connection.cursor() as cursor:
        cursor.execute(SEALED, [trigger])
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def rows():
    """One row in each signed table."""
    from injections.actions import observations, signing

    order = OrderFactory()
    encounter = EncounterFactory(patient=order.patient)
    LotFactory(location=encounter.location, on_hand=5)
    draft = charted_draft(order=order, encounter=encounter)
    dose = signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW)
    observations.finish(administration=dose, ended="no-reaction", minutes=15, by=draft.author, now=NOW)
    return dose


def refused(action):
    with pytest.raises((ProgrammingError, InternalError, DatabaseError)) as problem, transaction.atomic():
        action()
    return str(problem.value)


@pytest.mark.parametrize("trigger", ["append_only", "append_only_truncate"])
def test_every_signed_table_is_sealed(trigger):
    assert sealed_by(trigger) == MUST | SAID | LOGS


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("table", sorted(MUST))
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET practice_id = practice_id",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
    ],
)
def test_the_application_may_not(table, statement):
    def attempt():
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table))

    said = refused(attempt)
    assert "permission denied" in said or "must be owner" in said


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("model", sorted(SIGNED, key=lambda model: model.__name__))
@pytest.mark.parametrize(
    "attempt",
    [
        lambda model: model.objects.update(practice_id=1),
        lambda model: model.objects.all().delete(),
        lambda model: model.objects.all()._raw_delete("default"),
        lambda model: model.objects.bulk_update([model.objects.first()], ["practice"]),
        lambda model: model.objects.first().save(),
        lambda model: model.objects.bulk_create(
            [model.objects.first()], update_conflicts=True, unique_fields=["id"], update_fields=["practice"]
        ),
    ],
    ids=["update", "delete", "raw-delete", "bulk-update", "save", "upsert"],
)
def test_the_orm_may_not(model, attempt):
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt(model)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("rows")
def test_not_even_the_owner_may():
    """One test for all: each test that commits costs a database."""
    name = connection.settings_dict["NAME"]
    address = psycopg.conninfo.make_conninfo(os.environ["DATABASE_OWNER_URL"], dbname=name)
    statements = ("UPDATE {} SET practice_id = practice_id", "DELETE FROM {}", "TRUNCATE {} CASCADE")
    with psycopg.connect(address, autocommit=True) as owner:
        # Row-level security hides other practices' rows from the owner too.
        owner.execute("SELECT set_config('app.practice', %s, false)", [named_actor()[0]])
        for statement, table in itertools.product(statements, sorted(MUST)):
            with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"), owner.transaction():
                owner.execute(statement.format(table))


@pytest.mark.parametrize("column", ["patient", "location", "date"])
def test_what_a_visit_is_about_never_changes(column):
    encounter = EncounterFactory()
    other = EncounterFactory(date="2026-10-07")
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        type(encounter).objects.filter(pk=encounter.pk).update(**{column: getattr(other, column)})


def test_what_is_said_about_a_visit_may_change():
    encounter = EncounterFactory()
    assert type(encounter).objects.filter(pk=encounter.pk).update(reason="follow-up") == 1
