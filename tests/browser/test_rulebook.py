"""The rulebook as somebody reads it: found by a word, easy to use, and the same on every screen."""

import pytest

from tests.billing import making

#: a desk, a tablet lying and standing, a telephone
SIZES = ((1440, 900), (1024, 768), (768, 1024), (320, 640))
PAGES = {
    "rulebook": "/billing/rulebook/",
    "rulebook-search": "/billing/rulebook/?q=JZ",
    "rulebook-checks": "/billing/rulebook/?part=chart",
    "rulebook-payers": "/billing/rulebook/?part=payers",
    "rulebook-nothing": "/billing/rulebook/?q=zebra",
    "rule": "/billing/rulebook/wastage.nothing_discarded/",
    "rule-many": "/billing/rulebook/coverage.not_covered/",
    "rule-dated": "/billing/rulebook/immunisation.rsv_antibody_until_2023/",
    "check": "/billing/rulebook/order.order_expired/",
    "payer": "/billing/rulebook/payers/medicare/",
    "payer-heir": "/billing/rulebook/payers/medicare-advantage/",
}


@pytest.fixture
def biller(person, clinic):
    nurse = clinic.staff["ito"]
    making.answer(making.visit(nurse.practice, by=nurse), gaps=[("wastage.discard_not_charted", "Not charted")])
    person.signs_in_as("osei")
    return person


def test_every_page_reads_on_every_screen_and_is_easy_to_use(biller, picture):
    for name, path in PAGES.items():
        biller.opens(path)
        for width, height in SIZES:
            biller.page.set_viewport_size({"width": width, "height": height})
            assert not biller.scrolls_sideways(), (name, width)
            picture(biller, f"{name}-{width}")
        biller.finds_nothing_hard_to_use()


def test_a_word_leads_to_a_rule_to_a_payer_and_back(biller):
    page = biller.page
    biller.opens(PAGES["rulebook"])
    page.get_by_role("searchbox").fill("nothing left JZ")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="A single-dose vial with nothing left").click()
    biller.sees("Here it speaks")
    page.get_by_role("link", name="Original Medicare").first.click()
    biller.sees("What it wants now")
    folded = page.locator("details", has_text="A single-dose vial with nothing left").first
    folded.locator("summary").click()
    folded.get_by_role("link", name="A single-dose vial with nothing left").click()
    biller.sees("Here it stays silent")


def test_a_rule_leads_to_the_visits_it_spoke_about(biller):
    biller.opens("/billing/rulebook/wastage.discard_not_charted/")
    biller.sees("Where it spoke lately")
    biller.page.get_by_role("link", name="Medicare Part B").click()
    biller.sees("Charges explained")
