"""The charting page in a browser: one screen, one scan, and nothing lost."""

import re

import pytest

from billing.demo.people import PASSWORD
from injections.actions import arriving
from injections.models import Administration, AdministrationDraft, Lot
from tests.browser.conftest import TABLET
from tests.browser.entering import unused_code
from tests.browser.test_main_job import gs1

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lot(clinic):
    return Lot.objects.get(location=clinic.locations[0], product__key="cyanocobalamin", number__endswith="147")


@pytest.fixture
def charting(clinic, person):
    """A medical assistant who has opened Maria Rivera's dose."""
    person.signs_in_as("lee")
    person.page.get_by_text("RIVERA, Maria").click()
    person.page.get_by_role("button", name="Sign for Maria Rivera").wait_for()
    return person


def saved(page):
    """Wait until the page says that the last change is kept."""
    page.wait_for_timeout(700)
    page.wait_for_load_state("networkidle")


def scan(page, code, delay=4):
    page.keyboard.type(code, delay=delay)
    page.keyboard.press("Enter")


def test_the_routine_shot_fits_one_tablet_screen(charting, lot):
    page = charting.page
    page.locator("#id_scan:focus").wait_for()
    scan(page, gs1(lot))
    charting.sees("Matches the order")
    bar = page.locator(".bar").bounding_box()["y"]
    response = page.get_by_text("Tolerated well").bounding_box()
    assert response["y"] + response["height"] < bar
    assert not charting.scrolls_sideways()


def test_each_step_shows_how_far_it_has_come(charting, lot):
    page = charting.page
    assert page.locator("#mark-vial").get_attribute("data-state") == "now"
    scan(page, gs1(lot))
    charting.sees("Matches the order")
    assert page.locator("#mark-vial").get_attribute("data-state") == "done"
    assert page.locator("#mark-checks").get_attribute("data-state") == "now"


@pytest.mark.parametrize("delay", [5, 50])
def test_a_scan_is_understood_wherever_the_focus_is(charting, lot, delay):
    page = charting.page
    page.get_by_text("Another dose, a note").click()
    note = page.get_by_label("Note", exact=True)
    note.fill("came late")
    note.press("End")
    page.wait_for_timeout(600)  # whoever typed the note now takes up the scanner
    scan(page, gs1(lot), delay)
    charting.sees("Matches the order")
    assert note.input_value() == "came late"
    assert not Administration.objects.exists()


def test_a_sentence_typed_in_haste_is_no_scan(charting):
    page = charting.page
    page.get_by_text("Another dose, a note").click()
    note = page.get_by_label("Note", exact=True)
    note.press_sequentially("seen 12345678 90 twice", delay=2)
    page.keyboard.press("Enter")
    saved(page)
    assert note.input_value() == "seen 12345678 90 twice\n"


def test_the_picture_and_the_tiles_are_one_question(charting):
    page = charting.page
    page.locator("svg label[for=id_site_1]").click()
    assert page.get_by_role("radio", name=re.compile("Left deltoid")).is_checked()


def test_everything_comes_back_after_a_reload(charting, lot):
    page = charting.page
    scan(page, gs1(lot))
    charting.sees("Matches the order")
    page.get_by_role("radio", name=re.compile("Left deltoid")).check()
    page.get_by_text("Another dose, a note").click()
    page.get_by_label("Note", exact=True).fill("came with her son")
    saved(page)
    page.reload()
    charting.sees("Matches the order")
    assert page.get_by_role("radio", name=re.compile("Left deltoid")).is_checked()
    assert page.get_by_label("Note", exact=True).input_value() == "came with her son"


def test_a_refused_signature_leads_to_each_control(charting):
    page = charting.page
    page.get_by_role("button", name="Sign for Maria Rivera").click()
    charting.sees("There is a problem")
    page.locator("#problems:focus").wait_for()  # the script that gives it the focus comes after the page
    assert page.title().startswith("Error: ")
    charting.finds_nothing_hard_to_use()
    page.locator("#problems").get_by_text("Choose the injection site").click()
    page.locator("#id_site_0:focus").wait_for(state="attached")
    charting.complaints.clear()  # Chromium itself notes the status 422


def test_it_can_be_charted_with_the_keyboard_alone(charting, lot):
    page = charting.page
    scan(page, gs1(lot))
    charting.sees("Matches the order")
    for control in ("id_checks", "id_site_0", "id_response_0"):
        tab_to(page, control)
        assert not hidden_behind_a_bar(page)
        page.keyboard.press("Space")
        saved(page)
    for control, text in (("id_proof_name", "lee"), ("id_proof_secret", PASSWORD)):
        tab_to(page, control)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    charting.sees("Signed")
    assert Administration.objects.count() == 1


def tab_to(page, control):
    for _ in range(60):
        if page.evaluate("document.activeElement.id") == control:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{control} cannot be reached")


def hidden_behind_a_bar(page):
    """Whether the bar at the foot covers what has the focus."""
    return page.evaluate(
        """() => {
            const focused = document.activeElement.getBoundingClientRect();
            const bar = document.querySelector(".bar");
            return !bar.contains(document.activeElement) && focused.bottom > bar.getBoundingClientRect().top + 1;
        }"""
    )


def test_a_lost_connection_is_said_and_mended(charting):
    page = charting.page
    page.context.set_offline(True)
    page.get_by_role("radio", name=re.compile("Left deltoid")).check()
    charting.sees("Not saved")
    page.context.set_offline(False)
    page.get_by_text("Draft saved").wait_for()
    assert AdministrationDraft.objects.get().entries["site"] == "deltoid:left"
    charting.complaints.clear()  # the browser's own words about the connection


def test_signing_out_in_another_tab_loses_nothing(charting):
    page, other = charting.page, charting.page.context.new_page()
    other.goto(f"{charting.address}/today/")
    other.get_by_role("button", name="Switch user").click()
    other.get_by_label("Username").wait_for()
    page.get_by_role("radio", name=re.compile("Left deltoid")).check()
    charting.sees("Locked: Jordan Lee")
    page.locator("#locked_secret").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    charting.sees("Enter the code that your phone shows")
    page.locator("#locked_code").fill(unused_code("lee"))
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Draft saved").wait_for()
    page.locator("#saved:not(.not-saved)").wait_for()
    assert AdministrationDraft.objects.get().entries["site"] == "deltoid:left"
    charting.complaints.clear()  # the browser notes the refused save, and the password without its code


@pytest.mark.parametrize(("width", "height"), [(320, 700), (768, 1024), (1440, 900)])
def test_no_page_scrolls_sideways(charting, width, height):
    page = charting.page
    page.set_viewport_size({"width": width, "height": height})
    for path in (page.url.removeprefix(charting.address), "/today/", "/supervision/"):
        charting.opens(path)
        page.wait_for_load_state("networkidle")
        assert not charting.scrolls_sideways(), path
        charting.finds_nothing_hard_to_use()


def test_borders_of_controls_can_be_seen(charting):
    """WCAG 1.4.11, which axe does not look at: three to one against white."""
    colours = charting.page.evaluate(
        "[...document.querySelectorAll('.tile, .form-control, .form-select, .btn:not(.go)')]"
        ".map((control) => getComputedStyle(control).borderTopColor)"
    )
    assert colours
    assert all(contrast_with_white(colour) >= 3 for colour in colours)


def contrast_with_white(colour):
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.fixture
def state(clinic, lot):
    """The state sent the very lot that the clinic bought."""
    same = {name: getattr(lot, name) for name in ("location", "product", "package", "number", "expires_on")}
    return arriving.receive(**same, containers=3, source="state", by=clinic.staff["ito"])


def test_whose_vial_it_is_takes_one_tap_and_nothing_is_chosen_before(charting, lot, state, picture):
    page = charting.page
    scan(page, gs1(lot))
    charting.sees("whose vial is it?")
    for width, height in ((320, 700), (768, 1024), (TABLET["width"], TABLET["height"])):
        page.set_viewport_size({"width": width, "height": height})
        assert not charting.scrolls_sideways(), width
        picture(charting, f"whose-vial-{width}")
    owners = page.get_by_role("group", name=re.compile("whose vial is it"))
    assert owners.get_by_role("radio").count() == 2
    assert owners.get_by_role("radio", checked=True).count() == 0
    assert charting.page.get_by_text("Matches the order").count() == 0
    charting.finds_nothing_hard_to_use()
    owners.get_by_role("radio", name=re.compile("State supply")).click()
    charting.sees("Matches the order")
    charting.sees("State supply")
    saved(page)
    draft = AdministrationDraft.objects.latest("saved_at")
    assert (draft.entries["lot_id"], draft.entries["source"]) == (str(state.pk), "state")
    assert not Administration.objects.exists()
    assert Lot.objects.get(pk=lot.pk).on_hand == lot.on_hand
