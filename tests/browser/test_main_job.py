"""The main job from end to end: charted by a medical assistant, co-signed by a physician, approved by a biller."""

import csv
import io
import re

import pytest

from billing.models import Decision, Review
from injections.models import Administration, Lot, Signature

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lot(clinic):
    return Lot.objects.get(location=clinic.locations[0], product__key="cyanocobalamin", number__endswith="147")


def test_b12_from_the_order_to_the_claim(clinic, lot, another_person, picture):
    assistant = another_person()
    given_a_b12_shot_is_charted(assistant, lot, picture)
    dose = then_the_record_is_signed_and_complete(lot)
    when_the_physician_co_signs(another_person(), dose, picture)
    biller = another_person()
    when_the_biller_approves(biller, dose, picture)
    then_the_lines_leave_as_a_file(biller)


def given_a_b12_shot_is_charted(assistant, lot, picture):
    page = assistant.page
    assistant.signs_in_by_hand_as("lee")
    picture(assistant, "today")
    page.get_by_text("RIVERA, Maria").click()
    page.get_by_role("button", name=re.compile("Sign for Maria Rivera")).wait_for()
    picture(assistant, "chart-start")
    page.keyboard.type(gs1(lot))
    page.keyboard.press("Enter")
    assistant.sees("Matches the order")
    page.get_by_role("checkbox", name="Name and birth date, allergies, order").check()
    page.get_by_role("radio", name=re.compile("Left deltoid")).check()
    page.get_by_role("radio", name="Tolerated well").check()
    assistant.sees("Nothing left before you sign")
    picture(assistant, "chart-ready")
    assert not assistant.scrolls_sideways()
    assistant.finds_nothing_hard_to_use()
    assistant.proves_to_sign()
    page.get_by_role("button", name=re.compile("Sign for Maria Rivera")).click()
    assistant.sees("Signed")
    picture(assistant, "signed")


def gs1(lot):
    """What the scanner sends: GTIN with the NDC, expiry, lot."""
    ndc = lot.package.ndc.replace("-", "")
    ten = ndc[1:]  # 4-4-2: the label prints ten digits
    body = "003" + ten
    check = (10 - sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(body))) % 10
    return f"01{body}{check}17{lot.expires_on:%y%m%d}10{lot.number}"


def then_the_record_is_signed_and_complete(lot):
    dose = Administration.objects.get(encounter__patient__family_name="Rivera")
    assert (dose.lot_number, dose.site, dose.side, dose.response) == (lot.number, "deltoid", "left", "Tolerated well")
    assert (dose.supervision_mode, dose.supervisor.username) == ("in-suite", "adams")
    assert dose.discarded_amount == 0
    signature = Signature.objects.get(administration=dose)
    assert (signature.printed_name, signature.meaning) == ("Jordan Lee", "administered")
    return dose


def when_the_physician_co_signs(physician, dose, picture):
    physician.signs_in_by_hand_as("adams")
    physician.sees("RIVERA, Maria")
    picture(physician, "co-sign")
    physician.finds_nothing_hard_to_use()
    physician.page.wait_for_timeout(1200)  # the button is inert for a second after a record is shown
    physician.proves_to_sign(physician.page.locator("[data-cosign]"))
    physician.page.get_by_role("button", name=re.compile("Co-sign & next")).click()
    physician.sees("Co-signed for Maria Rivera")
    assert dose.signatures.get(meaning="co-signed").signer.username == "adams"


def when_the_biller_approves(biller, dose, picture):
    page = biller.page
    biller.signs_in_by_hand_as("osei")
    page.get_by_role("link", name=re.compile("Ready")).click()
    page.get_by_text("RIVERA, Maria").first.click()
    biller.sees("What we bill, and why")
    picture(biller, "charge-review")
    biller.finds_nothing_hard_to_use()
    page.get_by_role("button", name=re.compile("Approve")).first.click()
    page.wait_for_load_state("networkidle")
    review = Review.objects.get(encounter=dose.encounter, superseded_by=None)
    assert Decision.objects.get(review=review).what == "approved"
    assert [(line.code, line.units, line.modifiers) for line in review.lines.order_by("line_no")] == [
        ("96372", 1, []),
        ("J3420", 1, []),
    ]


def then_the_lines_leave_as_a_file(biller):
    biller.opens("/billing/export")
    biller.page.get_by_role("button", name="Make the file").click()
    with biller.page.expect_download() as waited:
        biller.page.get_by_role("link", name="Download the CSV").first.click()
    rows = list(csv.DictReader(io.StringIO(waited.value.path().read_text(encoding="utf-8-sig"))))
    assert [(row["code"], row["units"]) for row in rows] == [("96372", "1"), ("J3420", "1")]
