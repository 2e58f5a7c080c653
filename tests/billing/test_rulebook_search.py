"""Who looks for a rule finds it by the words of the trade as well as by ours."""

import pytest

from billing import rulebook
from billing.rulebook.trade_words import OF_CHAPTERS
from injections.checks import CHECKS


def test_words_are_found_wherever_they_stand():
    found = [e.address for chapter in rulebook.find("jz NOTHING", clinical=False) for e in chapter.entries]
    assert "wastage.nothing_discarded" in found
    assert rulebook.find("zebra", clinical=False) == ()
    everything = [e for chapter in rulebook.find("", clinical=True) for e in chapter.entries]
    assert len(everything) == len(CHECKS)
    assert all(entry.clinical for entry in everything)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("waste", "wastage.discarded_drug"),
        ("prior auth", "authorization.approval_missing"),
        ("timely filing", "timeliness.filed_too_late"),
        ("incident to", "supervision.not_supervised"),
        ("IV push", "intravenous.intravenous_push"),
        ("botox", "chemodenervation.treated_region"),
        ("white bag", "source.not_our_drug"),
    ],
)
def test_a_word_of_the_trade_finds_what_our_sentences_say_otherwise(typed, rule):
    assert rule in [e.address for chapter in rulebook.find(typed, clinical=False) for e in chapter.entries]


def test_a_word_is_looked_for_from_its_beginning():
    """ESA is not found in every word that has its letters in the middle."""
    chapters = {chapter.key for chapter in rulebook.find("ESA", clinical=False)}
    assert "esa" in chapters
    assert len(chapters) < 6


def test_every_chapter_has_words_of_the_trade():
    chapters = {chapter.key for chapter in rulebook.CHAPTERS}
    assert set(OF_CHAPTERS) <= chapters
