"""How many taps and keys the usual jobs cost, counted by the browser itself: what is too much fails.

Counted are real pointer and key events that the page was given. The four digits of the PIN are the proof of who signs
and stand apart: a signature needs them each time (21 CFR 11.200), however few taps the chart takes.
"""

import re

import pytest
from django.utils import timezone

from billing.demo import access
from billing.demo.access import PIN
from injections.actions import orders
from injections.models import Administration, Lot, Product, SignIn
from injections.quantity import Quantity
from tests.browser.test_main_job import gs1

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = """
    addEventListener("pointerdown", (event) => {
      if (!event.isTrusted) return;
      const kind = event.target.closest(".pad") ? "digits" : "taps";
      sessionStorage[kind] = Number(sessionStorage[kind] ?? 0) + 1;
    }, true);
    addEventListener("keydown", (event) => {
      if (event.isTrusted) sessionStorage.keys = Number(sessionStorage.keys ?? 0) + 1;
    }, true);
"""


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 1024, "height": 768}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def nurse(clinic, person):
    """A nurse at a shared tablet in its shift, who has signed there before."""
    page = person.page
    person.signs_in_as("ito")
    person.opens("/me/")
    page.get_by_role("button", name="Start a shift on this device").tap()
    page.get_by_role("button", name="Switch user").tap()
    page.get_by_role("link", name=re.compile("Jordan Lee")).tap()
    enter_pin(page)
    page.get_by_role("button", name="Go on").tap()
    person.sees("RIVERA, Maria")
    SignIn.objects.update(first_signed_at=timezone.now())
    page.add_init_script(COUNT)
    page.reload()
    return person


def enter_pin(page):
    keys = page.get_by_role("group", name="Digits")
    for digit in PIN:
        keys.get_by_role("button", name=digit, exact=True).tap()


def spent(page, kind):
    """How many of these events there were since the last time this was asked."""
    return page.evaluate(
        "(kind) => { const n = Number(sessionStorage[kind] ?? 0); sessionStorage[kind] = 0; return n }", kind
    )


def scan(person, product):
    """The scanner types; its keys are no keys of the nurse."""
    lot = Lot.objects.filter(location__name=person.location, product__key=product, on_hand__gt=0).latest("expires_on")
    person.page.keyboard.type(gs1(lot), delay=3)
    person.page.keyboard.press("Enter")
    person.sees("Matches the order")
    spent(person.page, "keys")


def nothing_is_below_the_fold(page):
    """Every control of the routine shot stands above the bar without scrolling."""
    edge = page.locator(".bar").bounding_box()["y"]
    for control in ("#id_checks", "#id_site_0", "#id_response_0", "#id_response_3"):
        box = page.locator(control).bounding_box()
        assert box["y"] + box["height"] <= edge, control
    assert page.evaluate("scrollY") == 0


def chart_the_rest(page):
    """Checks, site, response, and the PIN whose keys come by themselves; then the signature."""
    page.get_by_role("checkbox", name="Name and birth date, allergies, order").tap()
    page.get_by_role("radio", name=re.compile("suggested|Left deltoid|Left ventrogluteal")).first.tap()
    page.get_by_role("radio", name="Tolerated well").tap()
    enter_pin(page)
    page.locator("#sign:not([aria-disabled])").tap()


def test_the_routine_shot_takes_five_taps_and_a_scan_and_the_next_one_four(nurse, clinic):
    page, doctor = nurse.page, clinic.staff["adams"]
    nurse.location = clinic.locations[0].name
    second_order_for(clinic.patients["Rivera"], doctor)
    page.get_by_text("RIVERA, Maria").tap()
    page.locator("#id_scan").wait_for()
    nothing_is_below_the_fold(page)
    scan(nurse, "cyanocobalamin")
    nothing_is_below_the_fold(page)
    chart_the_rest(page)
    nurse.sees("Signed at this visit")
    assert (spent(page, "taps"), spent(page, "digits"), spent(page, "keys")) == (5, len(PIN), 0)
    assert Administration.objects.count() == 1

    scan(nurse, "ketorolac")
    chart_the_rest(page)
    page.get_by_role("link", name="Note, to print").wait_for()
    assert (spent(page, "taps"), spent(page, "digits"), spent(page, "keys")) == (4, len(PIN), 0)
    assert Administration.objects.count() == 2


def second_order_for(patient, doctor):
    """A second drug for the same patient, ordered today."""
    return orders.place(
        patient=patient,
        product=Product.objects.get(key="ketorolac"),
        dose=Quantity.parse("15 mg"),
        route="IM",
        diagnoses=["M54.50"],
        reason="acute low back pain",
        by=doctor,
        proof=access.proof_of(doctor),
    )


def keys_in_half_the_dose(page):
    """The keys write the number over, keep its unit, and what they write is saved like what is typed."""
    page.get_by_text("Another dose, a note").tap()
    page.get_by_label("Dose given").tap()
    keys = page.get_by_role("group", name="Digits")
    for key in ("5", ".", "Delete the last digit", "0", "0"):
        keys.get_by_role("button", name=key, exact=True).tap()
    assert page.get_by_label("Dose given").input_value() == "500 mcg"
    keys.get_by_role("button", name="Done").tap()
    page.get_by_role("link", name="Say why the dose was changed").wait_for()


def test_not_given_takes_three_taps(nurse):
    page = nurse.page
    page.get_by_text("RIVERA, Maria").tap()
    page.locator("#id_scan").wait_for()
    keys_in_half_the_dose(page)
    spent(page, "digits")
    spent(page, "taps")  # opening the row is the same for every job
    page.get_by_role("button", name="Not given").tap()
    page.get_by_role("radio", name="The patient declined").tap()
    enter_pin(page)
    page.locator("#sign:not([aria-disabled])").tap()
    nurse.sees("Declined, signed")
    assert (spent(page, "taps"), spent(page, "digits"), spent(page, "keys")) == (3, len(PIN), 0)
