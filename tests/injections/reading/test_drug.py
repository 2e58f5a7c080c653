"""What the file of a drug says, in sentences: whole for every drug that ships, and honest about what is in doubt."""

import re
from dataclasses import replace
from datetime import date

import pytest

from injections.facts import Coding, Package, Product
from injections.formulary import formulary
from injections.formulary.words import PAYER_KINDS, UNCONFIRMED
from injections.quantity import Quantity
from injections.reading import drug
from injections.reading.drug_tables import PAYERS, codes, containers

DAY = date(2026, 11, 20)
#: stands between an amount and its unit
NBSP = "\u00a0"


def shipped(key):
    found = formulary().by_key(key)
    assert found is not None
    return found


def said(product):
    return {cell.name: cell for cell in drug.cells(product)}


def test_every_word_that_a_file_may_doubt_has_a_name_here():
    assert drug.NAMES.keys() == UNCONFIRMED
    assert PAYERS.keys() == PAYER_KINDS
    assert set(drug.ORDERED_BY) <= UNCONFIRMED


def test_every_drug_that_ships_reads_as_sentences():
    clumsy = re.compile(r"None|\(\)|  |\.\.|Decimal|Quantity|[a-z]+-[a-z]+-muscles")
    for product in formulary().products:
        for cell in drug.cells(product):
            assert not any(clumsy.search(sentence) for sentence in cell.says), (product.key, cell)
            assert bool(cell.source) is bool(cell.says), (product.key, cell)
        assert len(codes(product, DAY)) == len(product.codings)
        assert len(containers(product)) == len(product.containers)


def test_a_fact_in_doubt_is_marked_where_it_stands_and_named_for_whoever_orders():
    cells = said(shipped("ceftriaxone"))
    assert (cells["Largest dose"].unconfirmed, cells["Diagnoses it is given for"].unconfirmed) == (True, True)
    assert cells["Ways to give it"] == drug.Cell(
        "Ways to give it",
        ("intramuscular, intravenous push, intravenous infusion",),
        source="CMS HCPCS and ASP files; prescribing information",
    )
    assert cells["Largest dose"].source == "label: dosage and administration"
    assert drug.unconfirmed_for_ordering(shipped("ceftriaxone")) == ["the limit", "the diagnoses it is given for"]


def test_what_a_file_does_not_say_is_neither_confirmed_nor_in_doubt():
    nothing = Product("shot", "shot", "Shot", unconfirmed=frozenset({"limit", "sites", "loading"}), source="label")
    cells = said(nothing)
    assert all(cell.says == () and not cell.unconfirmed and not cell.source for cell in cells.values())
    assert drug.unconfirmed(nothing) == []
    assert "How a series begins" not in cells


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("benralizumab", "Severe asthma: loading doses of 30 mg at weeks 0, 4 and 8, then 30 mg every 8 weeks."),
        ("onabotulinumtoxina", None),
    ],
)
def test_a_series_of_the_label_in_one_sentence(key, words):
    cell = said(shipped(key)).get("How a series begins")
    assert (cell.says[0].replace(NBSP, " ") if cell else None) == words


def test_codes_stand_with_their_unit_and_days_those_in_force_first():
    codings = (
        Coding("J0001", Quantity.parse("5 mg"), date(2010, 1, 1), date(2023, 12, 31), source="CMS"),
        Coding("J0002", None, date(2024, 1, 1), routes=frozenset({"SC"}), payer_kinds=frozenset({"medicare"})),
        Coding("J0003", Quantity.parse("10 mg"), date(2024, 1, 1), up_to=True),
    )
    doubted = frozenset({"coding.until", "package.single_dose", "package.ndc"})
    product = Product("shot", "shot", "Shot", codings=codings, unconfirmed=doubted)
    second, third, first = codes(product, DAY)
    assert (first.code, first.days, first.past, first.days_unconfirmed) == (
        *("J0001", "1 Jan 2010 to 31 Dec 2023"),
        *(True, True),
    )
    assert (second.unit, second.only) == ("one dose, whatever it holds", "subcutaneous, Medicare")
    assert (third.unit.replace(NBSP, " "), third.days, third.days_unconfirmed) == (
        "any dose up to 10 mg",
        "since 1 Jan 2024",
        False,
    )
    known = Package("00000-0001-01", "Maker", holds=Quantity.parse("60 mg"), volume=Quantity.parse("2 mL"))
    bare = replace(known, ndc="", single_dose=True, form="powder", volume=None)
    one, other = containers(replace(product, packages=(known,), sizes=(bare,)))
    assert (one.what.replace(NBSP, " "), one.doses) == (
        "vial of 60 mg in 2 mL, solution",
        "one dose or several: not known",
    )
    assert (one.ndc_unconfirmed, one.doses_unconfirmed) == (True, False)
    assert (other.what.replace(NBSP, " "), other.ndc_unconfirmed, other.doses_unconfirmed) == (
        "vial of 60 mg, powder",
        False,
        True,
    )
