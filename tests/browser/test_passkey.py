"""A passkey from the first day to the last: added in place of a phone, used alone and after the password, and lost."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from billing.demo.people import PASSWORD
from injections.actions import second_factor
from injections.models import SignIn, Staff

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
SIZES = [(1024, 768), (768, 1024), (320, 800)]


@pytest.fixture
def handset(page):
    """A phone of one's own, as Chromium plays it; says how it is told that the person is not the owner."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    number = browser.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    return lambda owner: browser.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": owner})


def types_the_password(page, address):
    page.goto(f"{address}/accounts/login/")
    page.get_by_label("Username").fill("lee")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def leaves(page):
    page.locator("header.top form button").click()
    page.wait_for_url("**/accounts/login/**")


def shows_at_every_size(person, picture, name):
    for width, height in SIZES:
        person.page.set_viewport_size({"width": width, "height": height})
        assert not person.scrolls_sideways()
        picture(person, f"{name}-{width}")
    person.page.set_viewport_size({"width": 1024, "height": 768})
    person.finds_nothing_hard_to_use()


def test_a_passkey_signs_in_and_is_all_that_somebody_needs(clinic, person, handset, picture):
    page = person.page
    Authenticator.objects.filter(user__username="lee").delete()
    types_the_password(page, person.address)
    page.get_by_role("link", name="Use a passkey instead").click()
    shows_at_every_size(person, picture, "passkey-new")
    page.get_by_label("Where it is kept").fill("my phone")
    page.get_by_role("button", name="Add the passkey").click()
    person.sees("They are shown only now")
    page.get_by_role("link", name="I have them").click()
    person.sees("RIVERA, Maria")

    person.opens("/me/")
    person.sees("Passkey: my phone")
    shows_at_every_size(person, picture, "own-sign-in")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove the passkey").click()
    person.sees("Add a phone or another passkey before you remove it")

    leaves(page)
    shows_at_every_size(person, picture, "sign-in")
    handset(owner=False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    person.sees("No passkey was used")
    handset(owner=True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    person.sees("RIVERA, Maria")

    leaves(page)
    types_the_password(page, person.address)
    shows_at_every_size(person, picture, "passkey-code")
    page.get_by_role("button", name="Use my passkey").click()
    person.sees("RIVERA, Maria")

    person.opens("/today/")
    page.locator("#q").fill("RIVERA")
    SignIn.objects.update(ended_at=timezone.now())
    page.locator("#q").press("Enter")
    person.sees("You were signed out")
    shows_at_every_size(person, picture, "come-back")
    page.get_by_role("button", name="Use a passkey instead").click()
    person.sees("Only “RIVERA”")
    person.complaints[:] = [said for said in person.complaints if "401" not in said]  # the page that asked who is there

    person.opens("/today/")
    page.get_by_text("RIVERA, Maria").click()
    page.get_by_text("Draft saved").wait_for()
    page.locator("#charges").get_by_text("worked out as you chart").wait_for(state="detached")
    SignIn.objects.update(ended_at=timezone.now())
    page.get_by_role("radio", name=re.compile("Left deltoid")).check()
    person.sees("Locked: Jordan Lee")
    shows_at_every_size(person, picture, "locked-ended")
    handset(owner=False)
    page.get_by_role("button", name="Use a passkey instead").click()
    person.sees("No passkey was used")
    handset(owner=True)
    page.get_by_role("button", name="Use a passkey instead").click()
    page.locator("#locked").wait_for(state="hidden")
    page.locator("#saved:not(.not-saved)").wait_for()
    assert page.get_by_role("radio", name=re.compile("Left deltoid")).is_checked()
    person.complaints[:] = [said for said in person.complaints if "401" not in said]  # the save that was refused

    leaves(page)
    lee, boss = Staff.objects.get(username="lee"), Staff.objects.get(username="novak")
    second_factor.reset(staff=lee, by=boss)
    page.get_by_role("button", name="Sign in with a passkey").click()
    person.sees("This passkey was not accepted")
