"""What is signed has one text and one hash, and any change shows."""

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from injections.codec import encode
from injections.facts import ASSUMED, Encounter
from injections.records import RecordError, canonical, digest, read_signed, signed_text, verify
from tests.injections.checks.visits import dose, visit
from tests.injections.strategies import ENCOUNTERS, TEXTS

THOROUGH = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
AT = datetime(2026, 10, 6, 14, 24, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=4), inner, max_size=3),
    max_leaves=12,
)


def signed(encounter: Encounter, **changes) -> str:
    told = {"meaning": "I gave this injection", "signer": "Lee", "signed_at": AT, "credential": "CMA"} | changes
    return signed_text(encounter, **told)


@THOROUGH
@given(JSON)
def test_the_text_of_the_text_is_the_same(data):
    text = canonical(data)
    assert canonical(json.loads(text)) == text


@THOROUGH
@given(st.dictionaries(st.text("abcdef", max_size=3), st.integers(), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_keys_never_matters(data, random):
    keys = list(data)
    random.shuffle(keys)
    assert canonical({key: data[key] for key in keys}) == canonical(data)


def test_one_form_for_letters_numbers_and_space():
    assert canonical({"b": Decimal("1.50"), "a": "é"}) == '{"a":"é","b":"1.5"}'
    assert canonical(unicodedata.normalize("NFD", "Núñez")) == canonical(unicodedata.normalize("NFC", "Núñez"))
    assert canonical(Decimal("1E+2")) == canonical(Decimal("100.0")) == '"100"'
    assert canonical(Decimal("-0.0")) == '"0"'


@pytest.mark.parametrize(
    "data",
    [1.5, {1: "x"}, b"x", {"a", "b"}, Decimal("NaN"), "\ud800", {"e\u0301": 1, "\u00e9": 2}],
    ids=["float", "number as name", "bytes", "set", "NaN", "half a letter", "one name twice"],
)
def test_what_has_no_single_form_is_refused(data):
    with pytest.raises(RecordError):
        canonical(data)


def test_the_hash_is_the_known_one():
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@THOROUGH
@given(ENCOUNTERS)
def test_any_visit_can_be_signed_and_read_again(encounter):
    again = read_signed(signed(encounter))
    assert signed(again.encounter) == signed(encounter)


def test_what_was_signed_reads_back():
    record = read_signed(signed(visit(), administration="1"))
    assert (record.signer, record.meaning, record.signed_at) == ("Lee", "I gave this injection", AT)
    assert record.layout == 1
    (given_dose,) = record.encounter.administrations
    assert given_dose.lot == "A123"
    assert given_dose.product is not None
    assert given_dose.product.display == "cyanocobalamin"
    assert given_dose.product.packages == ()


def test_any_change_shows():
    text = signed(visit())
    kept = digest(text)
    assert verify(text, kept)
    assert not verify(text.replace("A123", "A124"), kept)
    assert digest(signed(visit(dose(lot="a123")))) != kept
    assert digest(signed(visit(), signer="Kim")) != kept
    assert digest(signed(visit(), signed_at=AT.replace(second=1))) != kept
    assert digest(signed(visit(), meaning="I co-sign this injection")) != kept


def test_not_charted_zero_and_assumed_are_different_records():
    texts = {signed(visit(dose(lot=lot))) for lot in (None, "", ASSUMED, "assumed documented")}
    assert len(texts) == 4


def test_one_dose_of_several():
    both = visit(dose(), dose(id="2", side="right"))
    assert [a.id for a in read_signed(signed(both, administration="2")).encounter.administrations] == ["2"]
    with pytest.raises(RecordError, match="no dose 3"):
        signed(both, administration="3")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"meaning":1.5}', "null"])
def test_other_texts_are_not_ours(text):
    with pytest.raises(RecordError):
        read_signed(text)


def test_our_reference_data_is_no_part_of_the_record():
    plain = visit()
    changed = visit(dose(product=replace(plain.administrations[0].product, minimum_interval_days=7)))
    assert signed(plain) == signed(changed)
    assert encode(plain) != encode(changed)
