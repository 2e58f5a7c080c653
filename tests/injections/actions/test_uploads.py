"""A long file is taken in a handful of statements, and as a whole."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from injections import tasks
from injections.actions import import_patients, uploads
from injections.actions.errors import NotAllowed
from injections.models import Appointment, Coverage, Patient, Upload
from injections.models.staff import Role
from tests import clock
from tests.factories import LocationFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db

ROWS = 5_000
#: writing row by row would be far more than this
MOST_STATEMENTS = 60


@pytest.fixture
def nurse(monkeypatch):
    monkeypatch.setattr(import_patients, "payer_choices", lambda: [("medicare-b", "Medicare Part B")])
    location = LocationFactory()
    return StaffFactory(practice=location.practice, location=location)


def taken(kind, text, by):
    """The file as the worker leaves it, and how many statements and seconds the import took."""
    upload = uploads.receive(kind=kind, name="list.csv", content=text.encode(), by=by)
    uploads.work(upload.pk)
    upload.refresh_from_db()
    assert upload.state == Upload.State.READ, upload.found
    uploads.confirm(upload=upload, seen=upload.plan_digest, by=by)
    before = perf_counter()
    with CaptureQueriesContext(connection) as asked:
        uploads.work(upload.pk)
    upload.refresh_from_db()
    return upload, len(asked), perf_counter() - before


def patients(last="Doe"):
    lines = (f"{n},{last}{n},Jo,{date(1930, 1, 1) + timedelta(n)},(555) 010-{n:04}" for n in range(ROWS))
    return "MRN,Last name,First name,DOB,Phone\n" + "\n".join(lines)


def test_what_nobody_confirms_is_deleted_after_a_week(nurse):
    texts = {"read": "MRN,Last name,First name,DOB\n1,Doe,Jo,1/1/1960", "refused": "MRN\n1", "late": "MRN\n2"}
    kept = {
        name: uploads.receive(kind="patients", name="list.csv", content=text.encode(), by=nurse)
        for name, text in texts.items()
    }
    for name in ("read", "refused"):
        uploads.work(kept[name].pk)
    imported, _, _ = taken("patients", "MRN,Last name,First name,DOB\n9,Poe,Jo,1/1/1960", nurse)
    now = timezone.now()
    assert uploads.purge(now + uploads.KEPT - timedelta(minutes=5)) == 0
    assert tasks.purge_uploads() == 0
    assert uploads.purge(now + uploads.KEPT + timedelta(minutes=5)) == 2
    assert set(Upload.objects.values_list("pk", flat=True)) == {kept["late"].pk, imported.pk}, "owed, and imported"
    back = uploads.receive(kind="patients", name="list.csv", content=texts["read"].encode(), by=nurse)
    assert back.state == Upload.State.WAITING


def test_5000_patients_are_added_and_changed_in_a_handful_of_statements(nurse, record_property):
    PatientFactory(practice=nurse.practice, mrn="0", family_name="Roe", birth_date=date(1930, 1, 1))
    upload, statements, seconds = taken("patients", patients(), nurse)
    assert upload.state == Upload.State.IMPORTED
    assert upload.lines == ROWS
    assert statements < MOST_STATEMENTS
    assert seconds < 15
    again, statements, _ = taken("patients", patients("Poe"), nurse)
    assert again.lines == ROWS
    assert statements < MOST_STATEMENTS
    assert Patient.objects.get(practice=nurse.practice, mrn="7").sort_name == "poe7 jo"


def test_a_long_schedule_is_booked_in_a_handful_of_statements(nurse):
    here = [PatientFactory(practice=nurse.practice, mrn=str(n)) for n in range(20)]
    day = clock.today() + timedelta(days=3)
    lines = [f"{p.mrn},{day + timedelta(n)},{9 + n % 8}:{20 + n % 30}" for p in here for n in range(100)]
    upload, statements, _ = taken("schedule", "MRN,Date,Time\n" + "\n".join(lines), nurse)
    assert upload.lines == len(lines) == Appointment.objects.count()
    assert statements < MOST_STATEMENTS


def test_a_plan_goes_behind_those_that_are_there(nurse):
    patient = PatientFactory(practice=nurse.practice, mrn="1", family_name="Doe", birth_date=date(1961, 3, 14))
    Coverage.objects.create(practice=nurse.practice, patient=patient, payer_key="aetna", rank=1)
    text = "MRN,Last name,DOB,Insurance,Member ID\n1,Doe,1961-03-14,medicare-b,1EG4\n"
    taken("patients", text, nurse)
    assert list(patient.coverages.values_list("payer_key", "rank")) == [("aetna", 1), ("medicare-b", 2)]


def test_a_tenth_plan_refuses_the_whole_file(nurse):
    patient = PatientFactory(practice=nurse.practice, mrn="1", family_name="Doe", birth_date=date(1961, 3, 14))
    for rank in range(1, 10):
        Coverage.objects.create(practice=nurse.practice, patient=patient, payer_key=f"old-{rank}", rank=rank)
    text = "MRN,Last name,DOB,Insurance\n1,Doe,1961-03-14,medicare-b\n2,Roe,1961-03-14,\n"
    upload, _, _ = taken("patients", text, nurse)
    assert upload.state == Upload.State.READ
    assert "has nine plans already" in upload.changed
    assert not Patient.objects.filter(mrn="2", practice=nurse.practice).exists()


def test_somebody_who_lost_the_right_meanwhile_imports_nothing(nurse):
    upload = uploads.receive(kind="patients", name="x", content=patients().encode()[:400].rsplit(b"\n", 1)[0], by=nurse)
    uploads.work(upload.pk)
    upload.refresh_from_db()
    uploads.confirm(upload=upload, seen=upload.plan_digest, by=nurse)
    type(nurse).objects.filter(pk=nurse.pk).update(role=Role.BILLER)
    uploads.work(upload.pk)
    upload.refresh_from_db()
    assert upload.state == Upload.State.READ
    assert "Nothing was imported" in upload.changed
    assert not Patient.objects.exists()


def test_only_a_role_that_may_import_hands_a_file_in(nurse):
    with pytest.raises(NotAllowed):
        uploads.receive(kind="patients", name="x", content=b"x", by=StaffFactory(role=Role.MANAGER))


def test_a_sweep_tells_the_workers_what_nobody_has(nurse, monkeypatch):
    told = []
    monkeypatch.setattr(tasks.work_on_upload, "apply_async", lambda arguments, **how: told.append(*arguments))
    upload = uploads.receive(kind="patients", name="x", content=b"x", by=nurse)
    assert tasks.sweep_uploads() == 1
    assert told == [upload.pk]
