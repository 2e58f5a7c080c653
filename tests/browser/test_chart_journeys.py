"""One afternoon at the charting page: what interrupts it, what is wrong with a vial, and what it weighs.

Few journeys with many looks, because a browser is dear.
"""

import re

import pytest

from injections.models import Administration, AdministrationDraft, Lot
from tests import pictures
from tests.browser.test_chart import contrast_with_white, scan
from tests.browser.test_main_job import gs1

pytestmark = pytest.mark.django_db(transaction=True)

#: what one opened chart may cost a slow tablet: requests, and kilobytes that are not kept by the browser already
MOST_REQUESTS, MOST_KILOBYTES = 22, 700


@pytest.fixture
def lot(clinic):
    return Lot.objects.get(location=clinic.locations[0], product__key="cyanocobalamin", number__endswith="147")


#: counts each tone that begins
TONES = """window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) { window.tones += 1; return start.apply(this, at); };"""


def open_chart(person, name="RIVERA, Maria"):
    person.page.get_by_text(name).click()
    person.page.locator("#sign").wait_for()


def test_wrong_expired_and_unread_vials_are_said_and_the_photo_helps(clinic, lot, person, picture):
    page = person.page
    page.add_init_script(TONES)
    person.signs_in_as("lee")
    asked = []
    page.on("response", lambda answer: asked.extend([answer]))
    open_chart(person)
    page.wait_for_load_state("networkidle")
    the_page_is_light(asked)
    picture(person, "chart-empty")
    person.finds_nothing_hard_to_use()

    other = Lot.objects.filter(location=clinic.locations[0], product__key="ketorolac").first()
    scan(page, gs1(other))
    person.sees("Not the drug of the order")
    person.sees("Stop.")
    picture(person, "chart-wrong-vial")
    person.finds_nothing_hard_to_use()

    page.get_by_role("button", name="Scan another").click()
    page.locator("#id_scan").wait_for()
    scan(page, gs1(lot).replace(f"17{lot.expires_on:%y%m%d}", "17250131"))
    person.sees("has expired")
    picture(person, "chart-expired")
    page.get_by_role("button", name="Scan another").click()
    page.locator("#id_scan").wait_for()
    tones = page.evaluate("window.tones")
    scan(page, "0123456789012")
    person.sees("scanned: 0123456789012")
    page.wait_for_function("before => window.tones === before + 2", arg=tones)
    assert page.locator("#id_scan").input_value() == ""
    page.locator("#id_scan:focus").wait_for()

    code = f"(01){gs1(lot)[2:16]}(17){lot.expires_on:%y%m%d}(10){lot.number}"
    page.locator("#id_photo").set_input_files(
        {"name": "vial.jpg", "mimeType": "image/jpeg", "buffer": pictures.vial(code)}
    )
    person.sees("Matches the order")
    assert AdministrationDraft.objects.get().entries["lot"] == lot.number

    page.locator("#sign:not([aria-disabled])").click()
    person.sees("There is a problem")
    picture(person, "chart-gap")
    every_border_can_be_seen(page)
    assert not person.scrolls_sideways()
    for width, height in ((768, 1024), (320, 700)):
        page.set_viewport_size({"width": width, "height": height})
        assert not person.scrolls_sideways(), width
        person.finds_nothing_hard_to_use()
        picture(person, f"chart-gap-{width}")
    person.complaints.clear()  # Chromium itself notes the status 422


def the_page_is_light(responses):
    weight = sum(int(answer.headers.get("content-length", 0)) for answer in responses) / 1000
    assert len(responses) <= MOST_REQUESTS, [answer.url for answer in responses]
    assert weight <= MOST_KILOBYTES, weight


def every_border_can_be_seen(page):
    """WCAG 1.4.11 in the state of error too: three to one against white."""
    colours = page.evaluate(
        "[...document.querySelectorAll('.tile, .form-control, .form-select, .btn:not(.go), .typed > summary')]"
        ".map((control) => getComputedStyle(control).borderTopColor)"
    )
    assert colours
    assert all(contrast_with_white(colour) >= 3 for colour in colours)


TAPS_AT_ONCE = """addEventListener("load", () => {
  const sign = document.getElementById("sign");
  if (!sign) return;
  sign.click();
  window.told = document.body.innerText.includes("This page changed just now");
})"""


def test_a_change_under_the_finger_is_not_signed_and_a_colleague_goes_on(clinic, lot, person, another_person):
    page = person.page
    person.signs_in_as("lee")
    page.add_init_script(TAPS_AT_ONCE)
    open_chart(person)
    # Whoever taps as the page comes signs nothing: for a second the button only says so.
    page.wait_for_load_state("load")
    assert page.evaluate("window.told")
    assert not Administration.objects.exists()
    scan(page, gs1(lot))
    person.sees("Matches the order")
    page.get_by_role("checkbox", name="Name and birth date, allergies, order").check()
    page.get_by_role("radio", name=re.compile("Left deltoid")).check()
    page.get_by_role("radio", name="Tolerated well").check()
    person.sees("Nothing left before you sign")

    # The server answers nothing for a while: the page says so, keeps everything and signs nothing.
    page.route("**/save/", lambda route: route.abort())
    page.get_by_role("radio", name="Sore site").check()
    person.sees("Not saved since")
    person.proves_to_sign()
    page.locator("#sign").click()
    person.sees("Signing waits for that")
    assert not Administration.objects.exists()
    page.unroute("**/save/")
    page.locator("#saved:not(.not-saved)").wait_for()
    assert AdministrationDraft.objects.get().entries["response"] == "Sore site"

    # The tab is closed; a colleague takes the draft over on another device and signs. Both names stay.
    other = page.context.new_page()
    other.goto(page.url)
    page.close()
    colleague = another_person()
    colleague.signs_in_as("ito")
    colleague.page.get_by_text("RIVERA, Maria").click()
    colleague.page.get_by_role("button", name="Take it over").click()
    colleague.sees("Matches the order")
    assert colleague.page.get_by_role("radio", name="Sore site").is_checked()
    checks = colleague.page.get_by_role("checkbox", name="Name and birth date, allergies, order")
    assert not checks.is_checked(), "whoever gives it checks"
    checks.check()
    colleague.sees("Nothing left before you sign")
    colleague.proves_to_sign()
    colleague.page.locator("#sign:not([aria-disabled])").dblclick()
    colleague.sees("Signed")
    dose = Administration.objects.get()
    assert (dose.charted_by.username, dose.given_by.username) == ("lee", "ito")
    # A page of it that stayed open says so by itself, although nobody touches it.
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # at once, not at its next look
    other.get_by_role("heading", name=re.compile("Signed by .* while this page was open")).wait_for()
    other.close()
    person.complaints.clear()  # the browser's own words about what was not answered


@pytest.mark.parametrize("size", [(768, 1024)])
def test_a_drug_with_questions_of_its_own_fits_an_upright_tablet(clinic, person, size, picture):
    page = person.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    person.signs_in_as("lee")
    open_chart(person, "LOPEZ, Ana")
    picture(person, "chart-questions-768")
    edge = page.locator(".bar").bounding_box()["y"]
    last = page.locator("#id_response_3").bounding_box()
    assert last["y"] + last["height"] <= edge
    person.finds_nothing_hard_to_use()


def test_a_slow_answer_about_the_charges_is_never_shown_over_a_newer_one(clinic, lot, person):
    """The first of several answers takes long; what stands there in the end is about what was charted last."""
    page, held = person.page, []
    person.signs_in_as("lee")
    page.get_by_text("RIVERA, Maria").click()
    page.get_by_role("button", name="Sign for Maria Rivera").wait_for()
    charges = page.locator("#charges")
    charges.get_by_text("J3420").first.wait_for()

    def comes(route):
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route("**/panel/**", comes)
    scan(page, gs1(lot))
    person.sees("Matches the order")
    page.get_by_role("button", name="Not given").click()
    page.get_by_role("radio", name="The patient declined").check()
    page.wait_for_timeout(2_500)  # it is kept, and asked about, while the first answer is on its way
    held[0].continue_()
    page.wait_for_timeout(1_500)
    page.wait_for_load_state("networkidle")
    shown = charges.inner_text()
    page.unroute("**/panel/**")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert "J3420" not in shown
    assert shown == charges.inner_text()
