"""Charge review as a biller works it: by keyboard, by mouse, on every screen."""

import pytest
from playwright.sync_api import expect

from billing.models import Decision, Review
from tests import clock
from tests.billing import making

#: a desk, a tablet lying and standing, a telephone
SIZES = ((1440, 900), (1024, 768), (768, 1024), (320, 640))
DISCARD = {
    "rule": "waste.discard_not_charted",
    "summary": "The amount discarded is not charted",
    "because": "a single-dose vial needs JZ or JW",
    "fix": "Ask who gave it how much was left",
    "owner": "nurse",
    "until": "filing",
}
READY = "/billing/?tab=ready"


@pytest.fixture
def work(clinic):
    """Two visits with a gap, one that failed, three that are ready."""
    today = clock.today()
    nurse = clinic.staff["ito"]

    def visit(name):
        patient = making.patient(nurse.practice, name, "Ana")
        return making.visit(nurse.practice, by=nurse, of=patient, day=today)

    for name in ("Alvarez", "Brandt"):
        making.answer(visit(name), gaps=[DISCARD], lines=[("J0897", 60, "1273.04"), ("96372", 1, "15.36")])
    making.failure(visit("Cohen"))
    return [making.answer(visit(name)) for name in ("Dahl", "Egan", "Fuchs")]


@pytest.fixture
def biller(person, work):
    person.signs_in_as("osei")
    return person


def shows(biller, name):
    expect(biller.page.locator("#pane .visit .name")).to_have_text(f"{name.upper()}, Ana")


def focus_on(biller, name):
    row = biller.page.locator(".charge", has_text=name.upper())
    row.click()
    row.focus()
    shows(biller, name)


def test_a_clean_charge_is_one_key_and_u_takes_it_back(biller, work):
    biller.opens(READY)
    focus_on(biller, "Dahl")
    biller.page.keyboard.press("a")
    shows(biller, "Egan")
    expect(biller.page.locator(".last")).to_contain_text("Approved: DAHL, Ana")
    expect(biller.page.locator(".charge.on")).to_be_focused()
    biller.page.keyboard.press("u")
    shows(biller, "Dahl")
    assert [row.what for row in Decision.objects.all()] == ["approved", "undone"]


def test_j_and_k_move_and_the_address_follows(biller, work):
    biller.opens(READY)
    focus_on(biller, "Dahl")
    biller.page.keyboard.press("j")
    shows(biller, "Egan")
    biller.page.keyboard.press("j")
    shows(biller, "Fuchs")
    biller.page.keyboard.press("k")
    shows(biller, "Egan")
    biller.page.reload()
    shows(biller, "Egan")


def test_a_key_is_about_the_row_in_focus_even_before_its_visit_has_arrived(biller, work):
    biller.opens(READY)
    focus_on(biller, "Dahl")
    biller.page.route("**/billing/?**", lambda route: (biller.page.wait_for_timeout(400), route.continue_()))
    biller.page.keyboard.press("j")
    biller.page.keyboard.press("a")
    expect(biller.page.locator(".last")).to_contain_text("Approved: EGAN, Ana")
    assert Decision.objects.get().review == work[1]


def test_hold_is_a_key_a_digit_and_enter(biller, work):
    biller.opens(READY)
    focus_on(biller, "Dahl")
    biller.page.keyboard.press("h")
    biller.page.keyboard.press("2")
    biller.page.keyboard.press("Enter")
    shows(biller, "Egan")
    assert Decision.objects.get().reason == "Waiting for prior authorization"


def test_approval_with_a_gap_is_refused_in_words_and_stays_on_the_row(biller, work):
    biller.opens("/billing/")
    focus_on(biller, "Alvarez")
    biller.page.keyboard.press("a")
    expect(biller.page.get_by_role("alert")).to_contain_text("The amount discarded is not charted.")
    shows(biller, "Alvarez")
    assert not Decision.objects.exists()
    assert [line for line in biller.complaints if "422" not in line] == []
    biller.complaints.clear()  # the browser's own note of a refused form


def test_q_asks_the_clinician_with_the_gap_as_the_question(biller, work):
    biller.opens("/billing/")
    focus_on(biller, "Alvarez")
    biller.page.keyboard.press("q")
    biller.page.get_by_role("button", name="Send the question").click()
    biller.sees("No answer yet")
    shows(biller, "Alvarez")


def test_single_keys_are_silent_while_somebody_types_and_can_be_switched_off(biller, work):
    biller.opens(READY)
    biller.page.locator("#q").fill("")
    biller.page.locator("#q").press_sequentially("ahz")
    assert not Decision.objects.exists()
    biller.page.locator(".all-keys summary").click()
    biller.page.get_by_label("Switch single keys off").check()
    focus_on(biller, "Dahl")
    biller.page.keyboard.press("a")
    biller.page.wait_for_timeout(300)
    assert not Decision.objects.exists()


def test_without_javascript_every_act_is_a_button(browser, live_server, work):
    from tests.browser.conftest import Person

    context = browser.new_context(java_script_enabled=False)
    biller = Person(context.new_page(), live_server.url)
    biller.signs_in_as("osei")
    biller.opens(READY)
    biller.page.get_by_role("button", name="Approve and next").click()
    shows(biller, "Egan")
    assert Decision.objects.get().what == "approved"
    context.close()


def test_nothing_is_hard_to_use_on_any_screen(biller, work, picture):
    review = Review.objects.filter(blocked=True, state="derived").first()
    paths = ("/billing/", READY, f"/billing/?at={review.pk}", f"/billing/reviews/{review.pk}", "/billing/export")
    for path in paths:
        biller.opens(path)
        for width, height in SIZES:
            biller.page.set_viewport_size({"width": width, "height": height})
            assert not biller.scrolls_sideways(), (path, width)
            if path == "/billing/":
                picture(biller, f"review-{width}")
        biller.finds_nothing_hard_to_use()


def test_where_each_half_scrolls_by_itself_the_page_does_not(person, clinic):
    """What is hidden from sight in a long list made the page longer than the screen, with nothing at its end."""
    nurse = clinic.staff["ito"]
    for _ in range(14):
        making.answer(making.visit(nurse.practice, by=nurse, day=clock.today()))
    person.signs_in_as("osei")
    person.opens(READY)
    assert person.page.evaluate("document.documentElement.scrollHeight") == person.page.viewport_size["height"]


def test_exporting_moves_approved_rows_to_sent_and_offers_the_file(biller, work):
    biller.opens(READY)
    biller.page.get_by_role("button", name="Approve all 3").click()
    biller.page.get_by_role("link", name="Export 3 approved").click()
    biller.page.get_by_role("button", name="Make the file").click()
    with biller.page.expect_download() as download:
        biller.page.get_by_role("link", name="Download the CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    biller.opens("/billing/?tab=sent")
    expect(biller.page.locator(".charge")).to_have_count(3)
