"""Trying a change as a biller does: picked, watched while it runs, and read visit by visit; on every screen."""

import pytest
from playwright.sync_api import expect

from billing import tasks
from billing.actions import replaying
from billing.models import Review
from tests.billing.signing import signed

SIZES = ((1024, 768), (768, 1024), (320, 640))


@pytest.fixture
def told(monkeypatch):
    """What the workers were told; the test is the worker."""
    sent = []
    monkeypatch.setattr(tasks.replay_batch, "apply_async", lambda arguments, **how: sent.append(arguments[0]))
    monkeypatch.setattr(tasks.sweep_replays, "apply_async", lambda *rest, **how: None)
    replaying._asker.cache_clear()
    return sent


@pytest.fixture
def biller(person, clinic):
    payers = ("medicaid", "medicare", "commercial", "medicaid", "medicare-advantage", "medicaid")
    for payer in payers:
        signed(payer, practice=clinic.practice)
    person.signs_in_as("osei")
    return person


def works(told):
    tasks.sweep_replays()
    while told:
        tasks.replay_batch(told.pop())


def picks(biller):
    page = biller.page
    page.get_by_label("Visits from").fill("2026-10-01")
    page.get_by_label("Payer").select_option("medicaid")
    on_its_way = []
    # Its field comes only after the answer was typed.
    page.route("**/replay/value*", lambda route: on_its_way.append(route))  # noqa: PLW0108 - no builtin is taken
    page.get_by_label("What it wants").select_option("line-modifiers")
    page.get_by_label("Its answer").fill("96372 = UD")
    while not on_its_way:
        page.wait_for_timeout(10)
    on_its_way.pop().continue_()
    expect(page.locator("textarea[name$=-value]")).to_have_value("96372 = UD")
    page.unroute("**/replay/value*")
    page.get_by_label("From (optional)").fill("2026-10-01")
    page.get_by_label("Who says so").fill("Bulletin 2026-14 of the plan")


def test_a_change_is_picked_watched_and_read(biller, told, picture):
    page = biller.page
    page.get_by_role("link", name="What if").click()
    biller.sees("Nothing has been tried yet")
    page.get_by_role("link", name="Try a change").click()
    picks(biller)
    page.get_by_role("button", name="See what would change").click()
    biller.sees("Waiting to begin")
    works(told)
    biller.sees("3 visits would be billed differently")
    expect(page.locator(".moved > li")).to_have_count(3)
    expect(page.locator(".move").first).to_contain_text("UD")
    page.get_by_role("link", name="Medicaid").click()
    biller.sees("Show all")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the CSV").click()
    assert download.value.suggested_filename.startswith("what-would-change-")


def test_nothing_is_hard_to_use_on_any_screen(biller, told, picture):
    page = biller.page
    biller.opens("/billing/replay/new")
    picks(biller)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        biller.finds_nothing_hard_to_use()
        assert not biller.scrolls_sideways(), width
        picture(biller, f"replay-new-{width}")
    page.get_by_role("button", name="See what would change").click()
    biller.sees("Waiting to begin")
    picture(biller, "replay-waiting")
    works(told)
    biller.sees("would be billed differently")
    here = page.url.removeprefix(biller.address)
    answers = f"/billing/reviews/{Review.objects.order_by('pk').first().pk}/answers"
    paths = {"list": "/billing/replay/", "run": here, "answers": answers}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for name, path in paths.items():
            biller.opens(path)
            biller.finds_nothing_hard_to_use()
            assert not biller.scrolls_sideways(), (path, width)
            picture(biller, f"replay-{name}-{width}")


def test_what_is_wrong_is_told_at_its_place(biller, told):
    page = biller.page
    biller.opens("/billing/replay/new")
    page.get_by_label("Payer").select_option("medicaid")
    page.get_by_label("Visits from").fill("2090-01-01")
    page.get_by_role("button", name="See what would change").click()
    biller.sees("There is a problem")
    biller.finds_nothing_hard_to_use()
    expect(page.get_by_label("Payer")).to_have_value("medicaid")
    expect(page.locator(".field-error").first).to_contain_text("Choose a day that has come")
    assert all("422" in complaint for complaint in biller.complaints)
    biller.complaints.clear()


def test_without_javascript_the_page_works(browser, live_server, biller, told):
    from tests.browser.conftest import Person

    context = browser.new_context(java_script_enabled=False)
    quiet = Person(context.new_page(), live_server.url)
    quiet.signs_in_as("osei")
    quiet.opens("/billing/replay/new")
    quiet.page.get_by_label("Payer").select_option("medicaid")
    quiet.page.get_by_label("What it wants").select_option("ndc")
    quiet.page.get_by_label("Its answer").fill("no")
    quiet.page.get_by_label("Who says so").fill("a letter")
    quiet.page.get_by_role("button", name="See what would change").click()
    works(told)
    quiet.page.reload()
    expect(quiet.page.locator(".big")).to_be_visible()
    context.close()
