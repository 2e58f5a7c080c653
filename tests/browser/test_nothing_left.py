"""What a browser keeps after a nurse's work: nothing that names a patient, and no way back to a page of theirs."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

PATIENT = ("rivera", "maria")
TYPED = "felt dizzy on the stairs"
#: everything that a page of ours could have put somewhere, and what the next address would be told
KEPT = """async () => {
  const databases = indexedDB.databases ? (await indexedDB.databases()).map((found) => found.name) : [];
  const cached = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) cached.push(request.url);
  return JSON.stringify([
    {...localStorage}, {...sessionStorage}, databases, cached, history.state, document.referrer, location.href,
    document.cookie, (await navigator.serviceWorker?.getRegistrations() ?? []).length,
  ]).toLowerCase();
}"""


def left(page):
    """Which words of the patient, or of what was typed, the browser holds outside the page itself."""
    kept = page.evaluate(KEPT)
    return [word for word in (*PATIENT, TYPED) if word in kept]


def signs_out(page):
    with page.expect_navigation(url=lambda url: "logout" not in url):
        page.evaluate("""document.querySelector('form[action="/accounts/logout/"]').submit()""")


def test_promise_25_a_browser_keeps_nothing_and_shows_nothing_again(clinic, person, record_property):
    page = person.page
    person.signs_in_by_hand_as("lee")
    found = left(page)
    page.get_by_text("RIVERA, Maria").click()
    page.get_by_text("Draft saved").wait_for()
    chart = page.url
    page.evaluate(f"""document.querySelector('[name="note"]').value = "{TYPED}" """)
    page.locator("#dose").dispatch_event("change")
    found += left(page)
    person.opens("/patients/")
    page.locator("main input[name=q]").first.fill("Rivera")
    page.keyboard.press("Enter")
    page.get_by_text("RIVERA, Maria").first.click()
    page.wait_for_load_state()
    found += left(page)
    patient = page.url
    signs_out(page)
    found += left(page)
    person.sees("Sign in")
    for address in (chart, patient):
        page.goto(address)
        assert "rivera" not in page.content().lower()
    for _ in range(5):
        page.go_back()
        assert "rivera" not in page.content().lower()
    assert found == []
    record_property("figure", "storage, caches, history and referrer: 0 words; no way back after signing out")
