"""Facts survive the trip to JSON and back, and what is no fact is refused by the name of its place."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from injections.codec import CodecError, decode, encode
from injections.facts import (
    ASSUMED,
    Administration,
    Clinician,
    Encounter,
    Order,
    Patient,
    Product,
    Status,
    Supervision,
    SupervisionMode,
    Unobtainable,
)
from injections.formulary import formulary
from injections.quantity import Quantity
from tests.injections.strategies import ENCOUNTERS, any_of

THOROUGH = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@THOROUGH
@given(ENCOUNTERS)
def test_every_visit_comes_back(encounter):
    assert decode(Encounter, json.loads(json.dumps(encode(encounter)))) == encounter


@THOROUGH
@given(any_of(Product))
def test_every_product_comes_back(product):
    assert decode(Product, encode(product)) == product


@pytest.mark.parametrize("product", formulary().products, ids=lambda product: product.key)
def test_every_product_that_ships_comes_back(product):
    assert decode(Product, encode(product)) == product


def test_how_facts_are_written():
    dose = Administration(
        id="1",
        dose=Quantity.parse("1000 mcg"),
        lot=Unobtainable("vial already binned"),
        expires=ASSUMED,
        given_at=datetime(2026, 10, 6, 9, 21, tzinfo=UTC),
        status=Status.PARTLY,
    )
    data = encode(dose)
    assert isinstance(data, dict)
    assert data["dose"] == "1000 mcg"
    assert data["lot"] == {"unobtainable": "vial already binned"}
    assert data["expires"] == {"assumed": True}
    assert data["given_at"] == "2026-10-06T09:21:00+00:00"
    assert data["status"] == "partly"
    assert data["site"] is None
    assert data["claimed_modifiers"] == []


def test_decimals_and_sets():
    assert encode(Patient(weight_kg=Decimal("1E+2")))["weight_kg"] == "100"
    assert encode(Product("k", "n", "d", classes=frozenset({"b", "a"})))["classes"] == ["a", "b"]


def test_what_is_left_out_has_its_default():
    assert decode(Administration, {"id": "1"}) == Administration(id="1")


def test_left_out_and_null_are_different_where_the_default_is_a_value():
    assert decode(Administration, {"id": "1", "source": None}).source is None
    assert decode(Administration, {"id": "1"}).source == "stock"


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"date": "2026-10-06", "administrations": [{"id": "1"}, {"id": "2", "dose": "10 mgg"}]},
         "administrations[1].dose"),
        ({"date": "2026-10-06", "administrations": [{}]}, "administrations[0].id"),
        ({"date": "2026-10-06", "administrations": {}}, "administrations"),
        ({"date": "2026-10-06", "administrations": "x"}, "administrations"),
        ({"date": "06.10.2026"}, "date"),
        ({"date": "2026-10-06T09:00:00"}, "date"),
        ({"date": 20261006}, "date"),
        ({}, "date"),
        ({"date": "2026-10-06", "colour": "red"}, "colour"),
        ({"date": "2026-10-06", "patient": {"weight_kg": "heavy"}}, "patient.weight_kg"),
        ({"date": "2026-10-06", "patient": {"weight_kg": 71.5}}, "patient.weight_kg"),
        ({"date": "2026-10-06", "patient": {"weight_kg": "NaN"}}, "patient.weight_kg"),
        ({"date": "2026-10-06", "patient": {"established": 1}}, "patient.established"),
        ({"date": "2026-10-06", "patient": []}, "patient"),
        ({"date": "2026-10-06", "supervision": {"mode": "by phone"}}, "supervision.mode"),
        ({"date": "2026-10-06", "supervision": {"unobtainable": 3}}, "supervision.unobtainable"),
        ({"date": "2026-10-06", "services": [{"code": "99213", "units": True}]}, "services[0].units"),
        ({"date": "2026-10-06", "administrations": [{"id": "1", "screening": {"pregnancy": 1}}]},
         "administrations[0].screening.pregnancy"),
        ({"date": "2026-10-06", "administrations": [{"id": "1", "package": {"ndc": "1", "holds": "-1 mg"}}]},
         "administrations[0].package.holds"),
    ],
)  # fmt: skip
def test_an_error_names_its_place(data, path):
    with pytest.raises(CodecError) as refused:
        decode(Encounter, data)
    assert refused.value.path == path
    assert str(refused.value).startswith(f"{path}: ")


def test_a_document_that_is_no_object():
    with pytest.raises(CodecError, match="an object is needed"):
        decode(Encounter, ["2026-10-06"])


def test_an_assumption_is_refused_where_a_fact_is_needed():
    with pytest.raises(CodecError):
        decode(Administration, {"id": "1", "drug": {"assumed": True}})


def test_an_assumed_answer_to_a_question_comes_back():
    dose = Administration(id="1", screening={"pregnancy": ASSUMED})
    assert decode(Administration, encode(dose)) == dose


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), {1: "x"}, object(), b"x"])
def test_what_no_fact_holds_is_not_written(value):
    with pytest.raises(CodecError):
        encode(value)


@dataclass(frozen=True)
class Pair:
    both: tuple[str, int]
    either: Clinician | Order | None = None


def test_tuples_of_a_fixed_length():
    assert decode(Pair, encode(Pair(("a", 1)))) == Pair(("a", 1))
    with pytest.raises(CodecError, match="2 items are needed"):
        decode(Pair, {"both": ["a"]})


def test_two_possible_types_are_never_guessed():
    with pytest.raises(CodecError, match="2 types are possible"):
        decode(Pair, {"both": ["a", 1], "either": {"name": "Lee"}})


def test_supervision_by_its_mode():
    stated = Supervision(SupervisionMode.AUDIO_VIDEO, Clinician("Adams", "MD"))
    assert decode(Encounter, encode(Encounter(date(2026, 10, 6), supervision=stated))).supervision == stated
