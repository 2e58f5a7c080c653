"""Stock names the lots that were given and never received, and receives them with what their labels said."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from injections.models import Lot
from injections.reading.unreceived import unreceived
from tests.factories import EncounterFactory, OrderFactory, signed_dose

pytestmark = pytest.mark.django_db

STOCK, RECEIVE, DOSES = (reverse(f"injections:{name}") for name in ("stock", "stock_receive", "unreceived"))


@pytest.fixture
def dose(clinic):
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location)
    return signed_dose(encounter=visit, order=order, nurse=clinic.nurse)


@pytest.fixture
def one(dose, clinic):
    (one,) = unreceived(clinic.nurse)
    return one


def text(answer):
    return answer.content.decode()


def test_stock_lists_it_and_its_doses_are_a_tap_away(nurse, dose, one):
    page = text(nurse.get(STOCK))
    assert "Given here but never received" in page
    assert f"{DOSES}?{one.asked_by}".replace("&", "&amp;") in page
    assert "No stock here yet" not in page
    doses = text(nurse.get(f"{DOSES}?{one.asked_by}"))
    assert dose.encounter.patient.listed_name in doses
    assert reverse("injections:chart", args=[dose.encounter_id]) in doses


@pytest.mark.parametrize(
    ("find", "listed"), [("a12", True), ("fictamine", True), ("B9", False), ("01003999990001" + "0110A123", False)]
)
def test_a_search_finds_it_too(nurse, dose, find, listed):
    assert ("Given here but never received" in text(nurse.get(STOCK, {"find": find}))) is listed


def test_one_tap_fills_the_page_and_a_number_receives_it(clinic, nurse, dose, one):
    filled = nurse.get(f"{RECEIVE}?{one.filled_in}")
    form = filled.context["form"]
    assert "1 dose</b> of fictamine" in text(filled)
    names = ("ndc", "number", "expires_on", "source", "location", "submission_key")
    sent = {name: form[name].value() for name in names} | {"containers": "10"}
    assert (sent["ndc"], sent["number"], sent["source"]) == (dose.ndc, "A123", "stock")
    answer = nurse.post(RECEIVE, sent, follow=True)
    assert "1 dose given before it came is taken off: 9 on hand" in text(answer)
    assert "Given here but never received" not in text(answer)
    assert Lot.objects.get().expires_on == dose.expires_on
    again = nurse.post(RECEIVE, sent | {"submission_key": "7e0a8f0c-9a1c-4a57-8d43-6c1ea2c2a001"}, follow=True)
    assert "given before it came" not in text(again)


def test_what_cannot_be_filled_in_is_left_empty(nurse, dose, one):
    one.ndcs.add("99999-0002-01")
    assert "ndc" not in parse_qs(one.filled_in)
    strange = nurse.get(f"{RECEIVE}?source=stolen&location=x&expires_on=never&number={'9' * 300}")
    assert strange.status_code == 200


@pytest.mark.parametrize("asked", ["", "location=1", "location=x&product=y&lot=A123", "location=9&product=9&lot=A123"])
def test_a_lot_that_is_not_so_has_no_page(nurse, dose, asked):
    assert nurse.get(f"{DOSES}?{asked}").status_code == 404


def test_a_blank_in_a_number_leads_to_its_page(nurse, dose, one):
    one.number = "A 1/2&3"
    assert parse_qs(urlsplit(f"/?{one.asked_by}").query)["lot"] == ["A 1/2&3"]


def test_who_only_looks_receives_nothing(clinic, as_, dose, one):
    looking = as_(clinic.physician)
    page = text(looking.get(f"{DOSES}?{one.asked_by}"))
    assert "Receive it" not in page
