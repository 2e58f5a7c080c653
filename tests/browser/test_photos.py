"""Photos of vials and cartons as tablets take them: large, far too large, and of a carton that arrives."""

import io
import os
import random

import pytest
from PIL import Image
from playwright.sync_api import expect

from injections.models import Administration, Lot
from tests import pictures
from tests.browser.test_chart_journeys import open_chart
from tests.browser.test_main_job import gs1

pytestmark = pytest.mark.django_db(transaction=True)
#: bytes that a tablet should send at most for one code
MOST_SENT = 1_600_000
#: milliseconds: the tablet shrinks the photo, and the server gives itself 6 seconds to read it
SHRUNK_AND_READ = 20_000
SIZES = [(320, 700), (768, 1024), (1024, 768)]


@pytest.fixture
def lot(clinic):
    return Lot.objects.get(location=clinic.locations[0], product__key="cyanocobalamin", number__endswith="147")


def as_sent(name, written):
    return {"name": name, "mimeType": "image/jpeg", "buffer": written}


def of_a_good_camera(code):
    """The code on a sheet with the grain of a large sensor: several megabytes."""
    photo = Image.open(io.BytesIO(pictures.vial(code))).convert("L").resize((3600, 3600))
    grain = Image.frombytes("L", photo.size, random.Random(7).randbytes(3600 * 3600))
    written = io.BytesIO()
    Image.blend(photo, grain, 0.12).save(written, "JPEG", quality=92)
    return written.getvalue()


def test_a_photo_that_no_server_takes_is_said_at_its_place_and_nothing_else_is_lost(clinic, person):
    page = person.page
    person.signs_in_as("lee")
    open_chart(person)
    page.locator("#id_photo").set_input_files(as_sent("vial.jpg", os.urandom(10_500_000)))
    person.sees("This photo is too large")
    assert page.get_by_text("Not saved").count() == 0
    assert page.locator("#id_photo").evaluate("box => box.files.length") == 0
    person.complaints.clear()  # Chromium itself notes the status 413


def test_a_carton_that_arrives_is_read_from_its_photo(lot, person, picture):
    page, sizes = person.page, []
    person.signs_in_as("ito")
    person.opens("/stock/receive/")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert not person.scrolls_sideways(), width
        picture(person, f"receive-{width}")
    person.finds_nothing_hard_to_use()
    page.on("request", lambda sent: sizes.append(int(sent.header_value("content-length") or 0)))
    photo = of_a_good_camera(f"(01){gs1(lot)[2:16]}(17){lot.expires_on:%y%m%d}(10)NEW77")
    assert len(photo) > 2 * MOST_SENT
    page.locator("#id_photo").set_input_files(as_sent("carton.jpg", photo))
    expect(page.locator("#id_number")).to_have_value("NEW77", timeout=SHRUNK_AND_READ)
    assert 0 < max(sizes) < MOST_SENT
    assert page.locator("#id_ndc").input_value() == lot.package.ndc
    page.get_by_label("How many").fill("5")
    page.get_by_role("button", name="Put on the shelf", exact=True).click()
    person.sees("Received: 5")
    assert Lot.objects.get(number="NEW77").on_hand == 5
    assert not Administration.objects.filter(lot_number="NEW77").exists()


@pytest.mark.parametrize("separator", ["Control+]", "\x1d"], ids=["typed as Ctrl+]", "sent as it is"])
def test_a_scanner_s_separator_reaches_the_page_wherever_the_cursor_is(lot, person, separator):
    page = person.page
    person.signs_in_as("ito")
    person.opens("/stock/receive/")
    page.locator("#id_number").focus()
    for part, end in ((gs1(lot)[: -len(lot.number)] + "NEW78", separator), ("21SN100", "Enter")):
        page.keyboard.type(part)
        if end == "\x1d":
            page.evaluate(
                "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
                "{key: '\\u001d', bubbles: true, cancelable: true}))"
            )
        else:
            page.keyboard.press(end)
    expect(page.locator("#id_number")).to_have_value("NEW78")
    assert page.get_by_text("Which lot stands on the label?").count() == 0
