"""No cell of any exported file starts a formula; numbers stay numbers; what comes back in is what went out."""

import csv
import io
import re
import string
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.actions import decisions
from billing.models import Export
from injections.imports import cells
from injections.spreadsheet import written
from tests.billing import making
from tests.promises.pages import addresses, every_page

pytestmark = pytest.mark.django_db

BEGINNINGS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u00a0=",
    "\u3000@",
    "'=",
    '"=',
    ";=",
    "=\u200b",
]
PAYLOADS = [f"{start}HYPERLINK(1)" for start in BEGINNINGS] + [
    "=cmd|' /C calc'!A0",
    "-2+3+cmd",
    "+1 (555) 010",
    "@SUM(1)",
]
STARTS = "=+-@\t\r\n＝＋－＠"
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def live(cell):
    """Whether a spreadsheet would take the cell for a formula."""
    bare = cell.lstrip(" \u00a0\u3000")
    return bool(bare) and bare[0] in STARTS and not NUMBER.fullmatch(cell)


def cells_of(text):
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


@settings(deadline=None, max_examples=500)
@given(st.text(alphabet=st.sampled_from(STARTS + string.printable + "'é\u3000"), max_size=12))
def test_promise_18_no_text_starts_a_formula(text):
    (cell,) = cells_of(written(["x"], [[text]]))[1:] or [""]
    assert not live(cell)
    assert cell.removeprefix("'") == text.replace("\0", "") or cell == text


@settings(deadline=None, max_examples=200)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_promise_18_a_number_stays_a_number(number):
    (cell,) = cells_of(written(["x"], [[number]]))[1:]
    assert Decimal(cell) == number


@pytest.mark.parametrize("text", [p for p in PAYLOADS if not set(p) & set("\t\r\n\u200b")])
def test_promise_18_what_comes_back_is_what_went_out(text):
    (cell,) = cells_of(written(["x"], [[text]]))[1:]
    assert cells.text(cell, 80) == text.strip()


def test_promise_18_the_claims_file_starts_no_formula(client, record_property):
    practice = making.clinic()
    biller = making.person(practice, "biller")
    client.force_login(biller)
    for number, text in enumerate(PAYLOADS):
        of = making.patient(practice, text[:80], text[:80], mrn=f"{number}{text}"[-20:])
        decisions.approve(review=making.answer(making.visit(practice, of=of)), by=biller)
    client.post(reverse("billing:export_make"), {"submission_key": str(uuid4())})
    file = client.get(reverse("billing:export_file", args=[Export.objects.get().pk])).content.decode()
    found = cells_of(file)
    assert sum(cell.startswith("'") for cell in found) > len(PAYLOADS)
    assert not [cell for cell in found if live(cell)]
    record_property("figure", f"{len(found)} cells of the claims file, 0 live")


def test_promise_18_every_file_that_any_page_gives_is_guarded(lived_in, long, record_property):
    """Whatever answers with a CSV, found by asking every address."""
    from injections.models import Patient

    list(addresses(lived_in))
    for patient in Patient.objects.filter(practice=lived_in.practice):
        Patient.objects.filter(pk=patient.pk).update(family_name=f"=1+{patient.pk}", given_name="@SUM(1)")
    files = [
        (address, b"".join(answer).decode("utf-8-sig"))
        for _, address, answer in every_page(lived_in, everybody=long)
        if answer["Content-Type"].startswith(("text/csv", "application/vnd", "text/tab"))
    ]
    assert len({address for address, _ in files}) >= 3
    assert not [(address, cell) for address, text in files for cell in cells_of(text) if live(cell)]
    record_property("figure", f"{len({address for address, _ in files})} files from every address, 0 live cells")
