"""Whose drug it was: one word on the shelf, two facts in the chart, and back."""

from zoneinfo import ZoneInfo

import pytest

from injections.actions import drafts, signing
from injections.chart import signed_fact
from injections.entries import parse_entries
from injections.facts import Source
from injections.owners import BOUGHT_340B, facts_of, word_of
from injections.reading.note import SOURCES
from tests.factories import NOW, LotFactory, charted_draft, proof_of


@pytest.mark.parametrize("word", [*Source, BOUGHT_340B])
def test_each_word_comes_back_and_is_said(word):
    found = facts_of(word)
    assert word_of(found["source"], found.get("acquired_340b")) == word
    assert SOURCES[word]


def test_nobody_knows_another_word():
    assert facts_of("") == {"source": None}
    assert word_of(None, None) == ""
    with pytest.raises(ValueError, match="stolen"):
        facts_of("stolen")
    read = parse_entries({"source": "stolen"}, product=None, day=NOW.date(), zone=ZoneInfo("America/Chicago"))
    assert read.errors == {"source": "Choose where the drug came from"}


@pytest.mark.django_db
def test_a_drug_bought_under_340b_stays_apart_from_shelf_to_claim():
    draft = charted_draft()
    shelf = {"location": draft.encounter.location, "product": draft.order.product, "on_hand": 5}
    lot = LotFactory(source=BOUGHT_340B, **shelf)
    own = LotFactory(package=lot.package, number=lot.number, **shelf)
    picked = {**draft.entries, "lot_id": str(lot.pk), "source": lot.source}
    draft = drafts.save(draft=draft, entries=picked, version=draft.version, by=draft.author)
    dose = signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW)
    assert (dose.lot, dose.source) == (lot, BOUGHT_340B)
    fact = signed_fact(dose)
    assert (fact.source, fact.acquired_340b) == (Source.STOCK, True)
    own.refresh_from_db()
    assert own.on_hand == 5
