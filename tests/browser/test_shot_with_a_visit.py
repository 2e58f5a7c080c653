"""Ketorolac on the day of an office visit: the nurse charts the shot, the physician reports the visit."""

import re

import pytest

from billing.models import Review
from injections.models import Lot
from tests.browser.test_main_job import gs1

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_visit_takes_25_and_the_drug_its_units(clinic, another_person):
    given_ketorolac_is_charted(clinic, another_person())
    when_the_physician_reports_the_visit_and_co_signs(another_person())
    review = Review.objects.get(encounter__patient__family_name="Haddad", superseded_by=None)
    lines = [(line.code, line.units, list(line.modifiers)) for line in review.lines.order_by("code")]
    assert lines == [("96372", 1, []), ("99213", 1, ["25"]), ("J1885", 4, [])]
    then_the_biller_reads_why(another_person())


def given_ketorolac_is_charted(clinic, nurse):
    page = nurse.page
    lot = Lot.objects.filter(
        location=clinic.locations[0], product__key="ketorolac", package__holds_amount=60, package__single_dose=True
    ).first()
    nurse.signs_in_as("ito")
    page.get_by_text("HADDAD, Nour").click()
    page.get_by_role("button", name=re.compile("Sign for Nour Haddad")).wait_for()
    page.keyboard.type(gs1(lot))
    page.keyboard.press("Enter")
    nurse.sees("Matches the order")
    page.get_by_role("checkbox", name="Name and birth date, allergies, order").check()
    page.get_by_role("radio", name=re.compile("Right ventrogluteal")).check()
    page.get_by_role("radio", name="Tolerated well").check()
    nurse.sees("Nothing left before you sign")
    nurse.proves_to_sign()
    page.get_by_role("button", name=re.compile("Sign for Nour Haddad")).click()
    nurse.sees("Signed")


def when_the_physician_reports_the_visit_and_co_signs(physician):
    page = physician.page
    physician.signs_in_as("adams")
    physician.sees("HADDAD, Nour")
    page.get_by_role("link", name="Add an office visit").click()
    page.locator("#id_code").select_option("99213")
    page.get_by_role("radio", name=re.compile("^Yes")).check()
    page.locator("#id_diagnoses").fill("M54.50")
    page.get_by_role("button", name="Add the office visit").click()
    physician.sees("99213")
    page.wait_for_timeout(1200)  # the button is inert for a second after a record is shown
    physician.proves_to_sign(page.locator("[data-cosign]"))
    page.get_by_role("button", name=re.compile("Co-sign & next")).click()
    physician.sees("Co-signed for Nour Haddad")


def then_the_biller_reads_why(biller):
    biller.signs_in_as("osei")
    biller.page.get_by_role("link", name=re.compile("Ready")).click()
    biller.page.get_by_text("HADDAD, Nour").first.click()
    biller.sees("60 mg given ÷ 15 mg per unit = 4")
