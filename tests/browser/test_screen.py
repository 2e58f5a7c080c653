"""The lock over a page, and the shared device with its names and PINs."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from billing.demo.access import PIN
from billing.demo.people import PASSWORD
from injections.models import Administration, AdministrationDraft, SignIn

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = [(1024, 768), (768, 1024), (320, 700)]


def leaves_for(minutes):
    SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=minutes))


def test_a_chart_left_open_locks_in_place_and_goes_on(clinic, person, picture):
    page = person.page
    person.signs_in_as("lee")
    page.get_by_text("RIVERA, Maria").click()
    page.get_by_text("Draft saved").wait_for()
    # What the chart itself asks as it comes must be there before the nurse leaves: asked later, it would find the lock.
    page.locator("#charges").get_by_text("worked out as you chart").wait_for(state="detached")
    leaves_for(11)
    page.get_by_role("radio", name=re.compile("Left deltoid")).check()
    person.sees("Locked: Jordan Lee")
    picture(person, "locked")
    person.finds_nothing_hard_to_use()
    page.keyboard.press("Escape")
    assert page.locator("#locked").is_visible(), "no key opens it"
    page.locator("#locked_secret").fill("not the password")
    page.get_by_role("button", name="Go on").click()
    person.sees("This is not your password")
    page.locator("#locked_secret").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.locator("#locked").wait_for(state="hidden")
    page.locator("#saved:not(.not-saved)").wait_for()
    assert page.get_by_role("radio", name=re.compile("Left deltoid")).is_checked()
    page.wait_for_timeout(500)
    assert AdministrationDraft.objects.get().entries["site"] == "deltoid:left"
    person.complaints.clear()  # the browser notes the refused requests


def test_a_form_sent_to_a_locked_screen_goes_on(clinic, person, picture):
    page = person.page
    person.signs_in_as("reyes")
    person.opens("/patients/new/")
    page.get_by_label("Family name").fill("Ōkawa")
    leaves_for(11)
    page.get_by_role("button", name="Add the patient").click()
    person.sees("Locked: Alma Reyes")
    picture(person, "locked-page")
    person.finds_nothing_hard_to_use()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.locator("#id_family_name").wait_for()
    assert page.get_by_label("Family name").input_value() == "Ōkawa"
    person.complaints.clear()


def test_colleagues_share_a_device_by_name_and_pin(clinic, person, picture):
    page = person.page
    person.signs_in_as("ito")
    person.opens("/me/")
    person.finds_nothing_hard_to_use()
    page.get_by_role("button", name="Start a shift on this device").click()
    person.sees("The shift has begun")
    page.get_by_role("button", name="Switch user").click()
    person.sees("Who are you?")
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert not person.scrolls_sideways(), size
        picture(person, f"shift-{size[0]}" if size[0] < 1024 else "shift")
    page.set_viewport_size({"width": 1024, "height": 768})
    person.finds_nothing_hard_to_use()
    page.get_by_role("link", name=re.compile("Jordan Lee")).click()
    picture(person, "pin")
    person.finds_nothing_hard_to_use()
    for digit in PIN:
        page.get_by_role("group", name="Digits").get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("RIVERA, Maria").click()
    page.get_by_role("button", name="Not given").click()
    page.get_by_role("radio", name="The patient declined").check()
    person.sees("Nothing left before you sign")
    picture(person, "sign-by-pin")
    page.get_by_label("Your PIN").fill("0000")
    page.get_by_role("checkbox", name=re.compile("I am Jordan Lee")).check()
    page.get_by_role("button", name=re.compile("Sign: not given")).click()
    person.sees("This is not your PIN")
    picture(person, "wrong-pin")
    assert not Administration.objects.exists()
    page.get_by_label("Your PIN").fill(PIN)
    page.wait_for_timeout(1_100)  # a page that has just come does not sign
    page.get_by_label("Your PIN").press("Enter")
    person.sees("Declined, signed")
    assert Administration.objects.get().signatures.get().printed_name == "Jordan Lee"
    person.complaints.clear()  # the browser notes the 422


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_pages_of_the_entrance_fit(clinic, person, picture, width, height):
    page = person.page
    page.set_viewport_size({"width": width, "height": height})
    person.opens("/accounts/login/")
    assert not person.scrolls_sideways()
    picture(person, f"sign-in-{width}")
    person.finds_nothing_hard_to_use()
    page.get_by_label("Username").fill("lee")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("The six digits").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    person.sees("This code is not right")
    assert not person.scrolls_sideways()
    picture(person, f"code-{width}")
    person.finds_nothing_hard_to_use()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_phone_is_enrolled(clinic, person, picture, width, height):
    from allauth.mfa.models import Authenticator

    from tests.entering import code

    Authenticator.objects.filter(user__username="lee").delete()
    page = person.page
    page.set_viewport_size({"width": width, "height": height})
    person.opens("/accounts/login/")
    page.get_by_label("Username").fill("lee")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    person.sees("Add your phone")
    assert not person.scrolls_sideways()
    picture(person, f"enroll-{width}")
    person.finds_nothing_hard_to_use()
    page.get_by_text("No camera?").click()
    page.get_by_label("Six digits from the app").fill(code(page.locator("#totp-secret").inner_text()))
    page.get_by_role("button", name="Add this phone").click()
    person.sees("They are shown only now")
    assert not person.scrolls_sideways()
    picture(person, f"recovery-{width}")
    person.finds_nothing_hard_to_use()
    page.get_by_role("link", name="I have them").click()
    person.sees("RIVERA, Maria")
