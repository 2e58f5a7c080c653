"""The pages round the chart in a real browser: registering, ordering, walking in, co-signing, importing, staff."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from injections import tasks
from injections.models import Encounter, Order, Patient, Staff
from tests import clock
from tests.injections.views.importing import work as works

pytestmark = pytest.mark.django_db(transaction=True)


def at(name, *args):
    return reverse(f"injections:{name}", args=args)


@pytest.fixture
def rivera(clinic):
    return Patient.objects.get(family_name="Rivera")


def was_refused(person):
    """Forget what the browser itself remarks about a page that answers 422."""
    remark = person.complaints.pop()
    assert "422" in remark
    assert person.complaints == []


def test_a_new_patient_is_registered_and_booked_by_the_front_desk(clinic, person):
    page = person.page
    person.signs_in_as("reyes")
    person.opens(at("patients"))
    page.get_by_role("link", name="Add a patient").click()
    page.get_by_role("button", name="Add the patient").click()
    person.sees("There is a problem")
    assert page.title().startswith("Error:")
    page.locator("#problems:focus").wait_for()
    was_refused(person)
    person.finds_nothing_hard_to_use()
    page.get_by_role("link", name="Enter the family name").click()
    page.keyboard.type("Núñez")
    page.get_by_label("Given name").fill("José")
    page.get_by_label("Birth date").fill("8/22/1979")
    page.get_by_label("Record number").fill("100202")
    page.get_by_role("radio", name="No, a new patient").check()
    page.get_by_role("button", name="Add the patient").click()
    person.sees("NÚÑEZ, José is registered.")
    page.get_by_role("button", name="No known drug allergies").click()
    person.sees("Recorded: no known drug allergies.")
    page.get_by_role("link", name="Book", exact=True).click()
    page.get_by_label("Day").fill((clock.today() + timedelta(days=2)).isoformat())
    page.get_by_label("Time").fill("2:30 pm")
    page.get_by_role("button", name="Book José Núñez").click()
    person.sees("at 14:30")
    assert not person.scrolls_sideways()
    person.finds_nothing_hard_to_use()


def test_a_patient_is_found_without_accents_and_the_address_stays_clean(clinic, person):
    person.signs_in_as("ito")
    person.opens(at("patients"))
    person.page.keyboard.type("nguyen")
    person.page.keyboard.press("Enter")
    person.sees("1 patient matches")
    assert person.page.url.endswith(at("patients"))
    person.page.get_by_role("link", name=re.compile("NGUYỄN")).click()
    person.page.wait_for_url(re.compile(r"/patients/\d+/$"))
    person.page.go_back()
    person.sees("1 patient matches")


def test_a_spoken_order_for_a_walk_in_leads_to_the_chart(clinic, rivera, person):
    page = person.page
    person.signs_in_as("ito")
    person.opens(at("order_new", rivera.pk) + "?then=walk-in")
    page.get_by_label("Drug").fill("Toradol")
    page.get_by_role("button", name="Next: the dose").click()
    page.get_by_label("Dose of one injection").fill("30")
    page.get_by_role("radio", name="intramuscular").check()
    page.get_by_label("Spoken order from").select_option(label="Ada Adams, MD")
    page.get_by_label("Diagnoses").fill("M54.50")
    page.get_by_role("checkbox", name="I read the order back").check()
    page.get_by_role("button", name="Write the order down").click()
    person.sees("Which injection is it?")
    order = Order.objects.latest("pk")
    assert (order.ordered_by.username, order.signed_at) == ("adams", None)
    page.get_by_role("button", name=re.compile("Ketorolac|ketorolac")).click()
    page.wait_for_url(re.compile("/visits/|/chart/|/encounters/"))
    assert Encounter.objects.filter(appointment__order=order, appointment__walk_in=True).exists()


def test_a_series_opens_its_questions_without_a_script(clinic, rivera, person):
    page = person.page
    person.signs_in_as("adams")
    person.opens(at("order_new", rivera.pk))
    page.get_by_label("Drug").fill("Prolia")
    page.keyboard.press("Enter")
    page.get_by_label("Dose of one injection").fill("60")
    assert not page.get_by_label("How many doses").is_visible()
    page.get_by_role("radio", name="A series of doses").check()
    page.get_by_label("Every").fill("26")
    page.get_by_label("How many doses").fill("4")
    page.get_by_label("Diagnoses").fill("M81.0")
    person.proves_to_sign()
    page.get_by_role("button", name="Sign the order for Maria Rivera").click()
    person.sees("The order is signed.")
    order = Order.objects.latest("pk")
    assert (order.every_days, order.doses_planned, order.signed_by.username) == (182, 4, "adams")


def test_an_allergy_stops_an_order_until_it_is_answered(clinic, rivera, person):
    page = person.page
    person.signs_in_as("adams")
    person.opens(at("order_new", rivera.pk))
    page.get_by_label("Drug").fill("penicillin G benzathine")
    page.keyboard.press("Enter")
    page.get_by_label("Dose of one injection").wait_for()
    page.get_by_label("Dose of one injection").fill("2,400,000")
    page.get_by_role("radio", name="Once").check()
    page.get_by_label("Diagnoses").fill("A51.0")
    person.proves_to_sign()
    page.get_by_role("button", name="Sign the order for Maria Rivera").click()
    person.sees("Read this before you order")
    person.sees("The patient is allergic to this drug")
    was_refused(person)
    person.finds_nothing_hard_to_use()
    page.get_by_role("checkbox", name="I have read this").check()
    person.proves_to_sign()
    page.get_by_role("button", name="Sign the order for Maria Rivera").click()
    person.sees("The order is signed.")


def test_a_file_is_looked_at_before_it_is_taken(clinic, person, monkeypatch):
    monkeypatch.setattr(tasks.work_on_upload, "apply_async", lambda *rest, **how: None)
    page = person.page
    person.signs_in_as("reyes")
    person.opens(at("import_patients"))
    bad = "MRN,Last name,DOB\n5001,Lee,2001-01-05\n5002,Park,1/5/01\n"
    page.get_by_label("CSV file").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": bad.encode()})
    page.get_by_role("button", name="Look at the file").click()
    person.sees("Reading the file")
    person.finds_nothing_hard_to_use()
    works()
    person.sees("Line 3")
    person.sees("The year needs four digits")
    person.finds_nothing_hard_to_use()
    good = bad.replace("1/5/01", "1/5/2001")
    page.get_by_label("CSV file").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": good.encode()})
    page.get_by_role("button", name="Look at the file").click()
    person.sees("Reading the file")
    works()
    person.sees("Nothing is saved yet")
    person.finds_nothing_hard_to_use()
    page.get_by_role("button", name="Import 2 lines").click()
    person.sees("Importing the file")
    works()
    person.sees("2 lines imported.")
    assert Patient.objects.filter(mrn__in=["5001", "5002"]).count() == 2


def test_a_colleague_signs_in_with_the_password_that_was_shown_once(clinic, person, another_person):
    page = person.page
    person.signs_in_as("novak")
    person.opens(at("staff_new"))
    for label, text in (
        ("Given name", "Kim"),
        ("Family name", "Vogt"),
        ("Credential", "RN"),
        ("Signs in as", "kim.vogt"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("radio", name="Nurse", exact=True).check()
    page.get_by_role("button", name="Add the colleague").click()
    password = page.locator(".secret").inner_text()
    person.finds_nothing_hard_to_use()
    newcomer = another_person()
    newcomer.opens("/accounts/login/")
    newcomer.page.get_by_label("Username").fill("kim.vogt")
    newcomer.page.get_by_label("Password").fill(password)
    newcomer.page.get_by_role("button", name="Sign in", exact=True).click()
    newcomer.page.wait_for_url(lambda url: "login" not in url)
    assert Staff.objects.get(username="kim.vogt").last_login is not None
