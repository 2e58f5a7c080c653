"""Stock: what lies where, and receiving a lot by scan or by hand."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from injections.models import Lot, StockMove
from injections.reading.scanned import from_scan
from tests import clock
from tests.factories import NDC, LotFactory

pytestmark = pytest.mark.django_db

STOCK, RECEIVE = reverse("injections:stock"), reverse("injections:stock_receive")
#: GTIN 00399999000101 + check digit for NDC 99999-0001-01 (ten digits 9999900101), expiry 31 Mar 2027, lot ABC123
GTIN = "0039999900101"


def check_digit(thirteen):
    return str(-sum(int(d) * (3 if place % 2 == 0 else 1) for place, d in enumerate(thirteen)) % 10)


SCAN = f"01{GTIN}{check_digit(GTIN)}17270331" + "10ABC123\x1d21SER1"


@pytest.fixture
def typed(clinic):
    return {
        "ndc": NDC,
        "number": "abc123",
        "expires_on": "03/2027",
        "containers": "10",
        "source": "stock",
        "location": clinic.location.pk,
        "submission_key": str(uuid4()),
    }


def test_an_empty_shelf_says_what_to_do(nurse):
    assert "No stock here yet." in nurse.get(STOCK).content.decode()


def test_what_expires_first_stands_first_and_says_so(clinic, nurse):
    today = clock.today()
    for number, days, on_hand in (
        ("GOOD", 400, 5),
        ("SOON", 30, 5),
        ("GONE", -1, 5),
        ("EMPTY", 9, 0),
        ("SHORT", 90, -1),
    ):
        LotFactory(location=clinic.location, number=number, expires_on=today + timedelta(days=days), on_hand=on_hand)
    (shelf,) = nurse.get(STOCK).context["shelves"]
    assert [(lot.number, state.words) for lot, state, _ in shelf.lots] == [
        ("GONE", "Expired: do not give"),
        ("SOON", "Expires soon"),
        ("SHORT", "Count the shelf"),
        ("GOOD", "Good"),
    ]


def test_a_lot_is_received_once_however_often_it_is_sent(clinic, nurse, typed):
    for _ in range(3):
        assert nurse.post(RECEIVE, typed).status_code == 302
    lot = Lot.objects.get()
    assert (lot.number, lot.expires_on, lot.on_hand) == ("ABC123", date(2027, 3, 31), 10)
    assert StockMove.objects.count() == 1


def test_a_scan_and_a_quantity_are_enough(clinic, nurse, typed):
    nurse.post(RECEIVE, typed | {"scan": SCAN, "ndc": "", "number": "", "expires_on": ""})
    lot = Lot.objects.get()
    assert (lot.number, lot.expires_on, lot.package.ndc) == ("ABC123", date(2027, 3, 31), NDC)


def test_a_lost_separator_is_asked_about_and_nothing_else_is_scolded(clinic, nurse, typed):
    lost = SCAN.replace("\x1d", "")
    empty = {"ndc": "", "number": "", "expires_on": "", "containers": ""}
    page = nurse.post(RECEIVE, typed | empty | {"scan": lost})
    assert page.status_code == 200
    assert "There is a problem" not in page.content.decode()
    assert [key for key, _ in page.context["form"].fields["reading"].choices] == ["ABC12321SER1", "ABC123"]
    shown = {name: page.context["form"][name].value() for name in ("ndc", "expires_on", "read_from")}
    answer = nurse.post(RECEIVE, typed | shown | {"scan": lost, "number": ""})
    assert list(answer.context["form"].errors) == ["number"]
    assert "Choose the lot that stands on the label" in answer.content.decode()
    assert nurse.post(RECEIVE, typed | shown | {"scan": lost, "number": "", "reading": "ABC123"}).status_code == 302
    assert Lot.objects.get().number == "ABC123"
    unread = nurse.post(RECEIVE, typed | empty | {"scan": "hello", "submission_key": str(uuid4())})
    assert list(unread.context["form"].errors) == ["scan"]


def test_a_photo_of_the_carton_is_as_good_as_a_scan(nurse, typed, photo):
    left_empty = {"ndc": "", "number": "", "expires_on": "", "containers": ""}
    page = nurse.post(RECEIVE, typed | left_empty | {"photo": photo(f"(01){SCAN[2:16]}(17)270331(10)ABC123")})
    assert page.status_code == 200
    shown = {name: page.context["form"][name].value() for name in ("scan", "read_from", "ndc", "number", "expires_on")}
    assert nurse.post(RECEIVE, typed | shown).status_code == 302
    lot = Lot.objects.get()
    assert (lot.number, lot.expires_on, lot.package.ndc, lot.on_hand) == ("ABC123", date(2027, 3, 31), NDC, 10)


@pytest.mark.parametrize("sent", [b"", b"no picture at all"])
def test_a_photo_that_shows_no_code_is_the_only_thing_scolded(nurse, typed, sent):
    told = {"number": "", "expires_on": "", "photo": SimpleUploadedFile("carton.jpg", sent)}
    answer = nurse.post(RECEIVE, typed | told)
    assert list(answer.context["form"].errors) == ["scan"]
    assert "photo" in str(answer.context["form"].errors["scan"])
    assert answer.context["form"]["containers"].value() == "10"
    assert not Lot.objects.exists()


def test_after_one_carton_comes_the_next(nurse, typed):
    assert nurse.post(RECEIVE, typed | {"another": "yes"})["Location"] == RECEIVE


def test_whose_stock_it_is_is_kept_apart_and_follows_the_scan(clinic, nurse, typed):
    nurse.post(RECEIVE, typed | {"source": "state"})
    nurse.post(RECEIVE, typed | {"source": "sample", "number": "S1", "submission_key": str(uuid4())})
    assert {lot.number: lot.source for lot in Lot.objects.all()} == {"ABC123": "state", "S1": "sample"}
    assert "State supply" in nurse.get(STOCK).content.decode()
    lot = Lot.objects.get(number="ABC123")
    assert "State supply" in nurse.get(reverse("injections:lot", args=[lot.pk])).content.decode()
    assert from_scan(SCAN, clinic.location, lot.product.key)["source"] == "state"
    assert nurse.post(RECEIVE, typed | {"source": "stolen", "submission_key": str(uuid4())}).status_code == 422


@pytest.mark.parametrize(("containers", "status"), [("", 200), ("0", 422)], ids=["scanned first", "refused"])
def test_the_page_shows_what_a_scan_said_before_and_after_it_is_refused(nurse, typed, containers, status):
    answer = nurse.post(RECEIVE, typed | {"scan": SCAN, "number": "", "expires_on": "", "containers": containers})
    assert answer.status_code == status
    assert ("There is a problem" in answer.content.decode()) == (status == 422)
    assert answer.context["form"]["number"].value() == "ABC123"
    assert answer.context["form"]["expires_on"].value() == "03/31/2027"
    assert "\x1d" not in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("ndc", ""),
        ("ndc", "12345-6789-01"),
        ("ndc", "abc"),
        ("number", ""),
        ("number", "x" * 41),
        ("number", "A\u200bB"),
        ("expires_on", "13/2027"),
        ("expires_on", "03/27"),
        ("expires_on", "1999-01-01"),
        ("containers", "0"),
        ("containers", "1_0"),
        ("containers", "10001"),
        ("containers", "٥"),
        ("location", ""),
        ("scan", "hello"),
        ("scan", "01" + "9" * 14),
        ("scan", "9" * 201),
    ],
)
def test_a_refused_lot_keeps_what_was_typed(nurse, typed, field, text):
    answer = nurse.post(RECEIVE, typed | {field: text})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"][field].value() == text
    assert not Lot.objects.exists()


def test_the_same_lot_with_another_expiry_is_refused_and_may_be_sent_again(nurse, typed):
    nurse.post(RECEIVE, typed)
    key = str(uuid4())
    answer = nurse.post(RECEIVE, typed | {"expires_on": "04/2027", "submission_key": key})
    assert answer.status_code == 422
    assert "expires_on" in answer.context["form"].errors
    nurse.post(RECEIVE, typed | {"submission_key": key})
    assert Lot.objects.get().on_hand == 20
