"""Every table is watched and every row of a practice is fenced: the lists come from the schema, not from memory."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from config import process
from config.transactions import OUTBOX, SEALING, SIGN_IN, acting, named_actor, task_transaction, through
from injections.audit.attaching import DOORS, UNFENCED, lead, policies
from injections.audit.schema import OUTSIDE, PATIENTS, read_schema
from injections.models import AuditEvent, Encounter, OutboxMessage, Patient, Staff
from tests.factories import EncounterFactory, LocationFactory, PatientFactory, StaffFactory, signed_dose
from tests.standing import for_practice, nobody

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def ask(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


@pytest.fixture
def schema():
    with connection.cursor() as cursor:
        return read_schema(cursor)


def test_every_table_is_watched_or_has_a_reason_not_to_be(schema):
    watched = {table for (table,) in ask("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", "audited")}
    emptied = ask("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", "audited_emptying")
    assert watched == {table for (table,) in emptied} == schema.tables - OUTSIDE.keys()
    assert OUTSIDE.keys() <= schema.tables, "a reason for a table that is gone"
    assert all(OUTSIDE.values())


def test_every_table_of_a_practice_or_a_patient_is_fenced(schema):
    fenced = {
        table
        for (table,) in ask(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity"
            " AND relforcerowsecurity"
        )
    }
    reach = {table for table in schema.tables if schema.way_to_patient(table) is not None}
    assert fenced == (set(schema.of_a_practice) | reach) - UNFENCED.keys()
    standing = dict(ask("SELECT polrelid::regclass::text, array_agg(polname::text) FROM pg_policy GROUP BY 1"))
    for table in fenced - {"injections_auditevent"}:
        assert sorted(standing[table]) == policies(table)
    assert sorted(standing["injections_auditevent"]) == ["anybody_adds", "door_select", "practice"]


def test_no_role_passes_the_fences(databases):
    rows = ask(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)", [databases.app, "deltoid_owner"]
    )
    assert rows
    assert not any(superuser or bypass for _, superuser, bypass in rows)
    assert not ask("SELECT FROM pg_class WHERE relkind = 'r' AND pg_get_userbyid(relowner) = %s", databases.app)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (PATIENTS, "id"),
        ("injections_encounter", "patient_id"),
        ("injections_signature", "administration_id"),
        ("billing_exportedline", "line_id"),
        ("injections_location", None),
    ],
)
def test_the_way_to_the_patient_is_found(schema, table, column):
    assert lead(schema, table)[0] == column


def test_a_transaction_that_names_no_practice_sees_no_row(schema):
    signed_dose()
    nobody()
    for table in set(schema.of_a_practice) - UNFENCED.keys() - {"billing_payer"}:
        assert ask(f'SELECT count(*) FROM "{table}"') == [(0,)], table


def test_a_practice_sees_its_own_rows_only_whatever_is_asked(schema):
    ours, theirs = signed_dose(), signed_dose()
    with for_practice(theirs.practice_id):
        assert not Encounter.objects.filter(pk=ours.encounter_id).exists()
    for table in set(schema.of_a_practice) - UNFENCED.keys() - {"billing_payer"}:
        found = {practice for (practice,) in ask(f'SELECT DISTINCT practice_id FROM "{table}"')}
        assert found <= {ours.practice_id}, table


def test_a_row_cannot_be_put_or_moved_into_another_practice():
    ours, theirs = PatientFactory(), PatientFactory()
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Patient.objects.create(practice=theirs.practice, mrn="1", family_name="X", birth_date="2000-01-01")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Patient.objects.filter(pk=ours.pk).update(practice=theirs.practice)
    assert Patient.objects.filter(pk=theirs.pk).update(phone="1") == 0


@pytest.mark.parametrize("door", [SIGN_IN, OUTBOX, SEALING])
def test_a_door_opens_its_tables_for_its_commands_and_nothing_else(schema, door):
    signed_dose()
    with transaction.atomic(), through(door):
        opened = {
            table
            for table in set(schema.of_a_practice) - UNFENCED.keys() - {"billing_payer"}
            if ask(f'SELECT count(*) FROM "{table}"') != [(0,)]
        }
        allowed = {table for table, (name, _) in DOORS.items() if name == door}
        assert opened <= allowed | ({"injections_auditevent"} if door == SEALING else set())
        for model in (Staff, OutboxMessage):
            table = model._meta.db_table
            assert bool(model.objects.update(practice_id=F("practice_id"))) <= (table in allowed)


def test_the_practice_ends_with_its_transaction():
    patient = PatientFactory()
    nobody()
    with transaction.atomic(), acting(patient.practice_id, None):
        assert Patient.objects.count() == 1
    assert named_actor() == ("", "")
    assert Patient.objects.count() == 0


# --- what is written about writes ---


def events(**about):
    return list(AuditEvent.objects.filter(**about).order_by("pk"))


def test_each_kind_of_write_is_recorded_with_person_practice_patient_and_columns():
    patient = PatientFactory()
    nurse = StaffFactory(practice=patient.practice)
    before = AuditEvent.objects.count()
    with acting(patient.practice_id, nurse.pk), transaction.atomic():
        Patient.objects.filter(pk=patient.pk).update(phone="512-555-0101", city="Austin")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE injections_patient SET phone = '' WHERE id = %s", [patient.pk])
        spare = LocationFactory(practice=patient.practice)
    name_again(patient.practice_id, nurse.pk)
    spare.delete()
    new = AuditEvent.objects.order_by("pk")[before:]
    assert [(event.action, event.subject, event.columns) for event in new] == [
        ("changed", "injections_patient", ["city", "phone"]),
        ("changed", "injections_patient", ["phone"]),
        ("added", "injections_location", []),
        ("removed", "injections_location", []),
    ]
    assert {event.practice_id for event in new} == {patient.practice_id}
    assert [event.patient_id for event in new] == [patient.pk, patient.pk, None, None]
    assert [event.row_key for event in new][:2] == [str(patient.pk)] * 2
    assert new[0].person_id == nurse.pk


def name_again(practice_id, user_id):
    from tests import standing

    standing.name(practice_id, user_id)


def test_what_signing_writes_names_the_patient_in_every_table():
    dose = signed_dose()
    about = {event.subject for event in events(patient_id=dose.encounter.patient_id)}
    assert {"injections_administration", "injections_signature", "injections_encounter"} <= about


def test_without_a_person_the_role_and_the_program_are_kept(databases):
    encounter = EncounterFactory()
    Encounter.objects.filter(pk=encounter.pk).update(reason="x")
    event = events(subject="injections_encounter", action="changed")[-1]
    assert (event.person_id, event.role) == (None, databases.app)
    assert event.via == process.name()


def test_a_task_acts_in_the_name_of_whoever_made_it_owed(monkeypatch):
    from injections.actions import outbox
    from tests.factories import NOW

    encounter = EncounterFactory()
    nurse = StaffFactory(practice=encounter.practice)
    with task_transaction(encounter.practice_id, nurse.pk):
        outbox.put(kind="change", subject=encounter, due_at=NOW)
    change = {"change": lambda pk: Encounter.objects.filter(pk=pk).update(reason="later")}
    monkeypatch.setattr(outbox, "_handlers", change)
    nobody()
    assert outbox.drain(now=NOW) == 1
    with for_practice(encounter.practice_id):
        event = events(subject="injections_encounter", action="changed")[-1]
    assert (event.person_id, event.practice_id) == (nurse.pk, encounter.practice_id)
