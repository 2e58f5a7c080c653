"""A file is looked at first, then taken whole or not at all."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from injections import tasks
from injections.actions import uploads
from injections.imports import patients, schedule
from injections.models import Appointment, Coverage, Patient, Upload
from tests import clock
from tests.factories import OrderFactory, PatientFactory, StaffFactory
from tests.injections.views.importing import PATIENTS, SCHEDULE, confirm, import_, look, newest, work
from tests.standing import for_practice

pytestmark = pytest.mark.django_db

HEADING = "MRN,Last name,First name,DOB,Insurance,Member ID\n"


@pytest.fixture(autouse=True)
def no_queue(monkeypatch):
    """The test is the worker."""
    monkeypatch.setattr(tasks.work_on_upload, "apply_async", lambda *rest, **how: None)


# --- patients ---


def test_looking_saves_nothing_and_confirming_saves_everything(clinic, nurse):
    looked = look(nurse, PATIENTS, HEADING + "1,Núñez,José,1979-08-22,aetna,X1\n2,Lee,Ann,1/5/2001,,\n")
    assert looked.status_code == 200
    assert "add 2" in looked.content.decode()
    assert Patient.objects.filter(practice=clinic.practice).count() == 1
    answer = confirm(nurse, PATIENTS, looked)
    page = answer.content.decode()
    assert "2 lines imported" in page
    assert reverse("injections:patients") in page
    assert Patient.objects.filter(practice=clinic.practice).count() == 3
    assert Coverage.objects.get().payer_key == "aetna"


def test_the_same_file_is_one_import(clinic, nurse):
    text = HEADING + "1,Núñez,José,1979-08-22,aetna,X1\n"
    looked = look(nurse, PATIENTS, text)
    for answer in (confirm(nurse, PATIENTS, looked), confirm(nurse, PATIENTS, looked), look(nurse, PATIENTS, text)):
        assert "1 line imported" in answer.content.decode()
        assert "never imported twice" in answer.content.decode()
    assert Upload.objects.count() == 1
    assert "leave 1 as it is" in look(nurse, PATIENTS, text + "\n").content.decode()
    assert Patient.objects.filter(practice=clinic.practice).count() == 2


def test_a_refused_file_is_looked_at_again_when_it_comes_again(clinic, nurse, monday):
    text = f"MRN,Date,Time\n4711,{monday},9:20\n"
    assert "Nobody here has MRN 4711" in look(nurse, SCHEDULE, text).content.decode()
    PatientFactory(practice=clinic.practice, mrn="4711")
    assert "1 line imported" in import_(nurse, SCHEDULE, text).content.decode()
    assert Upload.objects.get().sha256


def hand_in(browser, line="1,Lee,Ann,2001-01-05,,\n"):
    return browser.post(PATIENTS, {"file": SimpleUploadedFile("list.csv", (HEADING + line).encode())})


def test_the_page_waits_for_the_worker_and_shows_itself_when_it_is_done(clinic, nurse, as_):
    sent = nurse.post(
        PATIENTS, {"file": SimpleUploadedFile("list.csv", (HEADING + "1,Lee,Ann,2001-01-05,,\n").encode())}
    )
    progress = reverse("injections:import_progress", args=[newest().pk])
    assert f'hx-get="{progress}"' in nurse.get(sent["Location"]).content.decode()
    assert "HX-Redirect" not in nurse.get(progress)
    work()
    assert nurse.get(progress)["HX-Redirect"] == sent["Location"]
    assert as_(clinic.manager).get(progress).status_code == 404


def test_a_file_of_another_practice_is_nowhere(clinic, nurse, as_):
    look(nurse, PATIENTS, HEADING + "1,Lee,Ann,2001-01-05,,\n")
    stranger = as_(StaffFactory())
    assert stranger.get(f"{PATIENTS}?file={newest().pk}").status_code == 404
    assert stranger.get(reverse("injections:import_progress", args=[newest().pk])).status_code == 404
    assert stranger.post(PATIENTS, {"upload_id": newest().pk, "seen": newest().plan_digest}).status_code == 422


@pytest.mark.parametrize("number", ["abc", "0", "-1", "9" * 40, "٣", "1.0", "%00x", "1 "])
def test_a_number_that_is_no_file_is_not_found(nurse, number):
    assert nurse.get(PATIENTS, {"file": number}).status_code == 404


def test_a_file_that_kills_its_worker_is_given_up(nurse, monkeypatch):
    def dies(*rest):
        raise MemoryError

    monkeypatch.setitem(uploads._kinds, "patients", uploads.Kind("import.write", dies, dies))
    answer = look(nurse, PATIENTS, HEADING + "1,Lee,Ann,2001-01-05,,\n")
    assert newest().state == Upload.State.FAILED
    assert "Nothing was imported" in answer.content.decode()


def test_a_worker_that_vanished_is_waited_for_and_then_replaced(nurse):
    hand_in(nurse)
    Upload.objects.update(taken_until=timezone.now() + timedelta(seconds=30), attempts=1)
    assert not uploads.owed()
    assert not uploads.work(newest().pk)
    Upload.objects.update(taken_until=timezone.now() - timedelta(seconds=1))
    assert uploads.owed() == [newest().pk]
    assert uploads.work(newest().pk)
    assert newest().state == Upload.State.READ


def test_a_change_is_shown_with_both_values_and_empty_cells_erase_nothing(clinic, nurse):
    PatientFactory(practice=clinic.practice, mrn="1", family_name="Lee", given_name="Ann", birth_date=date(2001, 1, 5))
    text = HEADING + "1,Park,,2001-01-05,,\n"
    looked = look(nurse, PATIENTS, text)
    assert "family name: Lee → Park" in looked.content.decode()
    confirm(nurse, PATIENTS, looked)
    patient = Patient.objects.get(practice=clinic.practice, mrn="1")
    assert (patient.family_name, patient.given_name) == ("Park", "Ann")


def test_one_bad_line_refuses_the_whole_file_with_every_reason(clinic, nurse):
    looked = look(nurse, PATIENTS, HEADING + "1,Lee,Ann,2001-01-05,,\n2,,Bo,02/30/01,Acme,\n")
    page = looked.content.decode()
    assert page.count("Line 3") == 3
    assert "Acme" in page
    assert Patient.objects.filter(practice=clinic.practice).count() == 1


def test_somebody_elses_record_number_is_refused(clinic, nurse):
    looked = look(nurse, PATIENTS, HEADING + "0017,Lee,Ann,2001-01-05,,\n")
    assert "MRN 0017 is RIVERA" in looked.content.decode()


def test_the_same_number_in_another_practice_is_nobody_here(clinic, nurse):
    with for_practice(clinic.stranger.practice_id):
        Patient.objects.filter(pk=clinic.stranger.pk).update(mrn="77")
    import_(nurse, PATIENTS, HEADING + "77,Lee,Ann,2001-01-05,,\n")
    assert Patient.objects.filter(practice=clinic.practice, mrn="77").exists()
    with for_practice(clinic.stranger.practice_id):
        clinic.stranger.refresh_from_db()
    assert clinic.stranger.family_name == "Elsewhere"


def test_a_namesake_is_pointed_out(clinic, nurse):
    looked = look(nurse, PATIENTS, HEADING + f"9,RIVERA,{clinic.patient.given_name},1961-03-14,,\n")
    assert "Same name and birth date as MRN 0017" in looked.content.decode()


def test_the_plan_is_made_again_before_anything_is_written(clinic, nurse):
    looked = look(nurse, PATIENTS, HEADING + "1,Lee,Ann,2001-01-05,,\n2,Park,Bo,2001-01-05,,\n")
    PatientFactory(practice=clinic.practice, mrn="2")
    answer = confirm(nurse, PATIENTS, looked)
    assert newest().state == Upload.State.REFUSED
    assert "MRN 2 is" in answer.content.decode()
    assert not Patient.objects.filter(practice=clinic.practice, mrn="1").exists()


def test_a_plan_that_moved_is_shown_again(clinic, nurse):
    looked = look(nurse, PATIENTS, HEADING + "1,Lee,Ann,2001-01-05,,\n2,Park,Bo,2001-01-05,,\n")
    PatientFactory(practice=clinic.practice, mrn="2", family_name="Park", given_name="Bob", birth_date=date(2001, 1, 5))
    answer = confirm(nurse, PATIENTS, looked)
    assert "changed since you looked" in answer.content.decode()
    assert "given name: Bob → Bo" in answer.content.decode()
    assert not Patient.objects.filter(practice=clinic.practice, mrn="1").exists()
    assert "2 lines imported" in confirm(nurse, PATIENTS, answer).content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04xx", b"\xff\xfea\x00", b"MRN\n", b'a,b\n"', b"\0\0", b"x" * 1_000_001]
)
def test_files_that_are_no_list_are_refused_in_words(nurse, content):
    answer = look(nurse, PATIENTS, content)
    assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"upload_id": "%%%"},
        {"upload_id": "٣"},
        {"upload_id": ""},
        {"upload_id": "0", "seen": "x"},
        {"file": "text"},
    ],
)
def test_a_meddled_with_confirmation_is_refused(clinic, nurse, sent):
    assert nurse.post(PATIENTS, sent).status_code == 422
    assert Patient.objects.filter(practice=clinic.practice).count() == 1


def test_hostile_text_is_shown_as_text(nurse):
    looked = look(nurse, PATIENTS, HEADING + "1,<script>alert(1)</script>,=1+1,2001-01-05,,\n")
    page = looked.content.decode()
    assert "<script>alert" not in page
    assert "=1+1" in page


@pytest.mark.parametrize(("name", "text"), [("sample_patients", patients.SAMPLE), ("sample_schedule", schedule.SAMPLE)])
def test_samples_are_offered(nurse, name, text):
    answer = nurse.get(reverse(f"injections:{name}"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.decode("utf-8-sig") == text


def test_a_role_that_may_not_register_finds_no_such_page(clinic, as_):
    answer = as_(clinic.manager).post(PATIENTS)
    assert answer.status_code == 404
    assert not Patient.objects.filter(practice=clinic.practice, mrn="1").exists()


# --- appointments ---


@pytest.fixture
def monday():
    return clock.today() + timedelta(days=7)


def test_a_schedule_is_booked_once_with_the_orders_that_it_names(clinic, nurse, monday):
    order = OrderFactory(patient=clinic.patient, product=clinic.drug)
    text = f"MRN,Date,Time,Drug\n0017,{monday},9:20,Fictavit\n"
    import_(nurse, SCHEDULE, text)
    assert "leave 1 as it is" in look(nurse, SCHEDULE, text + "\n").content.decode()
    (booked,) = Appointment.objects.filter(patient=clinic.patient)
    assert booked.order == order
    assert booked.starts_at.astimezone(clinic.practice.zone).strftime("%H:%M") == "09:20"


def test_an_appointment_without_its_order_is_booked_and_says_so(clinic, nurse, monday):
    looked = look(nurse, SCHEDULE, f"MRN,Date,Time,Drug\n0017,{monday},9:20,fictamine\n")
    assert "No order for fictamine: booked without an order" in looked.content.decode()
    confirm(nurse, SCHEDULE, looked)
    assert Appointment.objects.get(patient=clinic.patient).order is None


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("9999,{},9:20,", "Nobody here has MRN 9999"),
        ("0017,2020-01-01,9:20,", "over"),
        ("0017,{},920,", "14:30"),
        ("0017,2027-03-14,2:30,", "clocks change"),
    ],
)
def test_a_bad_appointment_refuses_the_file(clinic, nurse, monday, line, word):
    looked = look(nurse, SCHEDULE, f"MRN,Date,Time,Drug\n0017,{monday},8:00,\n{line.format(monday)}\n")
    assert word in looked.content.decode()
    assert "Line 3" in looked.content.decode()


def test_a_birth_date_that_is_another_persons_refuses_the_file(clinic, nurse, monday):
    looked = look(nurse, SCHEDULE, f"MRN,DOB,Date,Time\n0017,1961-03-15,{monday},9:20\n")
    assert "was not born on that day" in looked.content.decode()
