"""A file is looked at first, then taken whole or not at all."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from injections.imports import patients, schedule
from injections.models import Appointment, Coverage, Patient
from tests import clock
from tests.factories import OrderFactory, PatientFactory
from tests.standing import for_practice

pytestmark = pytest.mark.django_db

HEADING = "MRN,Last name,First name,DOB,Insurance,Member ID\n"
PATIENTS, SCHEDULE = reverse("injections:import_patients"), reverse("injections:import_schedule")


def look(browser, address, text):
    file = SimpleUploadedFile("list.csv", text if isinstance(text, bytes) else text.encode())
    return browser.post(address, {"file": file})


def confirm(browser, address, looked):
    form = looked.context["confirm"]
    return browser.post(address, {name: form[name].value() for name in ("content", "seen")})


def import_(browser, address, text):
    return confirm(browser, address, look(browser, address, text))


# --- patients ---


def test_looking_saves_nothing_and_confirming_saves_everything(clinic, nurse):
    looked = look(nurse, PATIENTS, HEADING + "1,Núñez,José,1979-08-22,aetna,X1\n2,Lee,Ann,1/5/2001,,\n")
    assert looked.status_code == 200
    assert "add 2" in looked.content.decode()
    assert Patient.objects.filter(practice=clinic.practice).count() == 1
    answer = confirm(nurse, PATIENTS, looked)
    assert answer["Location"] == reverse("injections:patients")
    assert Patient.objects.filter(practice=clinic.practice).count() == 3
    assert Coverage.objects.get().payer_key == "aetna"


def test_importing_twice_changes_nothing(clinic, nurse):
    text = HEADING + "1,Núñez,José,1979-08-22,aetna,X1\n"
    looked = look(nurse, PATIENTS, text)
    confirm(nurse, PATIENTS, looked)
    assert "changed since you looked" in confirm(nurse, PATIENTS, looked).content.decode()
    assert "leave 1 as it is" in look(nurse, PATIENTS, text).content.decode()
    assert Patient.objects.filter(practice=clinic.practice).count() == 2


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
    assert looked.status_code == 422
    assert page.count("Line 3") == 3
    assert "Acme" in page
    assert Patient.objects.filter(practice=clinic.practice).count() == 1


def test_somebody_elses_record_number_is_refused(clinic, nurse):
    looked = look(nurse, PATIENTS, HEADING + "0017,Lee,Ann,2001-01-05,,\n")
    assert looked.status_code == 422
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
    assert answer.status_code == 422
    assert not Patient.objects.filter(practice=clinic.practice, mrn="1").exists()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04xx", b"\xff\xfea\x00", b"MRN\n", b'a,b\n"', b"\0\0", b"x" * 1_000_001]
)
def test_files_that_are_no_list_are_refused_in_words(nurse, content):
    answer = look(nurse, PATIENTS, content)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [{}, {"content": "%%%"}, {"content": "é"}, {"content": ""}, {"content": "YWJj", "seen": "x"}, {"file": "text"}],
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
    for _ in range(2):
        looked = look(nurse, SCHEDULE, text)
        confirm(nurse, SCHEDULE, looked)
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
    assert looked.status_code == 422
    assert word in looked.content.decode()
    assert "Line 3" in looked.content.decode()


def test_a_birth_date_that_is_another_persons_refuses_the_file(clinic, nurse, monday):
    looked = look(nurse, SCHEDULE, f"MRN,DOB,Date,Time\n0017,1961-03-15,{monday},9:20\n")
    assert "was not born on that day" in looked.content.decode()
