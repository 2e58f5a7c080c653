"""The rulebook reads well and says what the rules say: titles, reasons, sources, examples, and the page in docs."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from billing import rulebook
from billing.context import Authorization, BilledLine, Filing, GlobalPeriod
from billing.loading import shipped_reference
from billing.management.commands.rulebook import PAGES
from billing.reference.payers import Demand, Payer
from billing.rulebook import retelling
from billing.rulebook.check_sources import LABEL, SOURCES
from billing.rulebook.demanded import Wanted, listening, value_words
from billing.rulebook.examples import examples
from billing.rulebook.facts_told import told, words
from billing.rulebook.reading import demands_of, to_confirm
from billing.rulebook.telling import Asked
from billing.rules import RULEBOOK
from billing.rules.rule import Rule
from injections.checks import CHECKS, address
from injections.facts import (
    ASSUMED,
    DoseLimit,
    Lab,
    Observation,
    ScreeningQuestion,
    Service,
    SparedSide,
    Split,
    SplitSite,
    Unobtainable,
)
from tests.builders import amount, dose, payer, vial, visit

ENTRIES = [entry for chapter in rulebook.CHAPTERS for entry in chapter.entries]
LONGEST_TITLE = 80
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_is_written_is_what_the_rules_say(path):
    """Whoever changes a rule, a twin or a payer runs `python3 dev.py manage rulebook` and commits both files."""
    assert path.read_text(encoding="utf-8") == PAGES[path](), "drifted: python3 dev.py manage rulebook"


def test_no_sentence_writes_a_day_as_a_machine_does():
    """All twins and all sources in one text: a person reads 6 Oct 2026, as everywhere on the pages."""
    text = PAGES[next(path for path in PAGES if path.suffix == ".md")]()
    assert re.findall(r".{0,40}\b[12][0-9]{3}-[01][0-9]-[0-3][0-9].{0,20}", text) == []


def test_every_rule_and_every_check_has_a_page_of_its_own():
    expected = {rule.name for rule in RULEBOOK} | {address(check) for check in CHECKS}
    assert sorted(entry.address for entry in ENTRIES) == sorted(expected)
    keys = [chapter.key for chapter in rulebook.CHAPTERS]
    assert len(keys) == len(set(keys))
    assert all(chapter.entries and chapter.about for chapter in rulebook.CHAPTERS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.address)
def test_an_entry_has_a_short_title_a_reason_a_source_and_an_example(entry):
    assert 10 < len(entry.title) < LONGEST_TITLE
    assert len(entry.why) > 15, "say why in its docstring"
    assert entry.source or entry.clinical
    assert entry.address in examples(), "python3 dev.py manage rulebook"


def test_a_source_is_of_a_check_or_a_chapter_that_exists():
    known = {address(check) for check in CHECKS}
    assert SOURCES.keys() <= known | {name.partition(".")[0] for name in known}
    sources = {entry.address: entry.source for entry in ENTRIES if entry.clinical}
    assert sources["vial.lot_expired"] == "21 CFR 211.137: a drug carries its last day"
    assert sources["dose.dose_over_label_maximum"] == LABEL
    assert sources["site.side_to_spare"] == ""


def test_no_rule_asks_who_the_payer_is():
    """What a payer wants is asked by the demand's name; its kind only where the law makes the difference."""
    names = {name for payer in shipped_reference().payers.values() for name in (payer.key, payer.name)}
    said = re.compile("|".join(rf'"{re.escape(name)}"' for name in sorted(names)))
    found = {}
    for path in sorted(Path(rulebook.__file__).parent.parent.joinpath("rules").glob("*.py")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if said.search(line)]
        found[path.stem] = [line for line in lines if not re.search(r"case\.wants\(|payer\.kind|Charge\(", line)]
    assert {chapter: lines for chapter, lines in found.items() if lines} == {}


def overlapping(rules):
    """Pairs of a rule and one that took its place, or went before it, with a day on which both speak."""
    stem = re.compile(r"_until_\d{4}$")
    for one, other in combinations(rules, 2):
        same = stem.sub("", one.name) == stem.sub("", other.name)
        if same and _begins(one) <= _ends(other) and _begins(other) <= _ends(one):
            yield one.name, other.name


def _begins(rule):
    return rule.since or date.min


def _ends(rule):
    return rule.until or date.max


def test_a_rule_and_its_successor_never_share_a_day():
    assert list(overlapping(RULEBOOK)) == []
    assert all(rule.until for rule in RULEBOOK if re.search(r"_until_\d{4}$", rule.name))


def test_an_overlap_would_be_found():
    old = Rule("drug.x_until_2023", dose, RULEBOOK[0].stage, until=date(2023, 10, 5))
    new = replace(old, name="drug.x", until=None, since=date(2023, 10, 6))
    assert list(overlapping([old, new])) == []
    assert list(overlapping([old, replace(new, since=date(2023, 10, 5))])) == [("drug.x_until_2023", "drug.x")]


def test_no_payer_says_two_things_about_one_day():
    for who in shipped_reference().payers.values():
        for one, other in combinations(who.demands, 2):
            apart = one.key != other.key or _ends(one) < _begins(other) or _ends(other) < _begins(one)
            assert apart, (who.key, one.key)


def test_an_example_shows_what_parts_the_twins():
    found = examples()["wastage.nothing_discarded"]
    parting = {fact.label: fact.text for fact in found.speaks.facts if fact.parts}
    assert parting["Thrown away"] == "nothing"
    assert found.speaks.said[0].does == "Adds JZ to J1071"
    assert found.silent.said == ()
    assert "J1071 JW × 20" in found.silent.bill


def test_every_example_speaks_on_one_side_only():
    assert [name for name, pair in examples().items() if not pair.speaks.said or pair.silent.said] == []


def test_every_example_shows_what_makes_the_rule_speak():
    """The two visits are not told alike: something in them parts."""
    assert [name for name, pair in examples().items() if pair.speaks.facts == pair.silent.facts] == []


def test_examples_name_nobody_but_the_people_of_the_tests():
    texts = [fact.text for pair in examples().values() for side in (pair.speaks, pair.silent) for fact in side.facts]
    assert not [text for text in texts if "Quantity(" in text or "None" in text or "<" in text]


# --- reading ---------------------------------------------------------------------------------------------------------


def test_what_a_rule_asks_a_payer_is_read_off_the_rule():
    by_name = {rule.name: rule for rule in RULEBOOK}
    assert "supplied-drug-line" in demands_of(by_name["source.not_our_drug"].says)
    assert "filing-days" in demands_of(by_name["timeliness.filed_too_late"].says), "through a helper of the chapter"
    assert "source.not_our_drug" in {entry.address for entry in listening("supplied-drug-line")}


def test_the_page_in_docs_says_what_a_payer_follows_once():
    """What Aetna takes over from the plan it follows stands there, and not again under Aetna."""
    text = PAGES[next(path for path in PAGES if path.suffix == ".md")]()
    aetna = text.partition("### Aetna\n")[2].partition("\n### ")[0]
    assert "It follows Commercial plan in everything else." in aetna
    assert "`filing-days`" in aetna
    assert "`ncci`" not in aetna
    assert "every payer but Self-pay (yes)" in text


@pytest.mark.parametrize("source", ["MAC article (confirm)", "Plans differ", "First Coast 2008 (contested)"])
def test_a_source_that_is_not_sure_is_marked(source):
    assert to_confirm(source)
    assert not to_confirm("42 CFR 410.26(b)(5)")


# --- who wants what --------------------------------------------------------------------------------------------------

PARENT = Payer(
    "parent",
    "Parent",
    "commercial",
    (Demand("ndc", True, source="a"), Demand("mue", True, None, date(2024, 12, 31), "b")),
)
CHILD = Payer("child", "Child", "commercial", (Demand("ndc", False, source="c"), Demand("abn", True)), PARENT)


def test_an_heir_says_its_own_first_and_takes_over_the_rest():
    rows = {row.demand.key: row for row in rulebook.wanted_by(CHILD, TODAY)}
    assert rows["ndc"].heir_of is None
    assert rows["ndc"].refused
    assert rows["mue"].heir_of is PARENT
    assert not rows["mue"].in_force
    assert rows["mue"].days == "Until 31 Dec 2024"
    assert [row.payer.key for row in rulebook.who_wants("ndc", (PARENT, CHILD), TODAY)] == ["parent", "child"]


def test_an_own_row_for_other_days_leaves_the_rest_to_the_one_it_follows():
    child = replace(CHILD, demands=(Demand("ndc", "x", date(2020, 1, 1), date(2020, 12, 31)),))
    rows = [row for row in rulebook.wanted_by(child, TODAY) if row.demand.key == "ndc"]
    assert [(row.heir_of, row.in_force) for row in rows] == [(None, False), (PARENT, True)]


def test_a_row_that_others_take_over_stands_once_with_their_names():
    medicare, following, other = (Payer(key, key, "medicare") for key in "mao")
    row, own = Demand("ndc", True, source="CMS"), Demand("ndc", True, source="its own paper")
    rows = (
        Wanted(medicare, row, None, True),
        Wanted(following, row, medicare, True),
        Wanted(following, own, None, True),
        Wanted(other, own, following, False),
    )
    shared = Asked("ndc", "NDC", rows, ()).shared
    assert [(one.row.payer.key, [heir.key for heir in one.heirs]) for one in shared] == [("m", ["a"]), ("a", ["o"])]


def test_values_read_as_words():
    assert value_words("ndc", True) == "yes"
    assert value_words("route-modifiers", ("J3262", "J0129")) == "J3262, J0129"
    assert value_words("supporting-results", {"J3420": "B12"}) == "J3420: B12"
    assert value_words("filing-days", 365) == "365 days"
    assert value_words("coinsurance", 20) == "20 percent"
    assert value_words("split-dose", "per-dose") == "once for each ordered dose"


# --- facts in words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "not charted"),
        (True, "yes"),
        (amount("0 mg"), "nothing"),
        (amount("1000 mcg"), "1,000 mcg"),
        (date(2026, 10, 6), "6 Oct 2026"),
        (Unobtainable("vial binned"), "could not be recorded: vial binned"),
        (ASSUMED, "taken for granted"),
        ((), "none"),
        (vial("100 mg", volume="1 mL", single_dose=False), "vial of 100 mg in 1 mL, multi-dose"),
        (vial("100 mg", single_dose=None), "vial of 100 mg, single-dose or not is not said"),
        (
            GlobalPeriod(90, same_group=True, related=False),
            "90 days of after-care, by the same group, for something else",
        ),
        (
            Filing(date(2026, 11, 20), limit_days=90, previous="denied"),
            "on 20 Nov 2026, within 90 days, the first claim was denied",
        ),
        (
            Authorization("J0897", "A1", date(2026, 9, 6), units_left=60),
            "J0897, number A1, from 6 Sep 2026, 60 units left",
        ),
        (BilledLine("99213", modifiers=("25",)), "99213 25 × 1"),
        (Service("99213", separately_identifiable=True), "99213, a visit of its own"),
        (Lab("hemoglobin", Decimal("9.4"), "g/dL", date(2026, 10, 1)), "hemoglobin 9.4 g/dL, 1 Oct 2026"),
        (SparedSide("left", "arm", "mastectomy"), "left arm (mastectomy)"),
        (Observation(30, "released"), "30 minutes, released"),
        (
            Split(2, "volume", (SplitSite("deltoid", "left", amount("2 mL")), SplitSite("deltoid", "right"))),
            "2 parts, because of the volume, 2 mL left deltoid and right deltoid",
        ),
        (DoseLimit(amount("60 mg"), frozenset({"IM"}), below_age=65), "at most 60 mg, intramuscular, under 65 years"),
        (
            ScreeningQuestion("p", "Pregnant?", ("no", "negative"), applies_to_sex="F"),
            "“Pregnant?”, safe answers: no or negative, asked of women",
        ),
    ],
)
def test_a_fact_reads_as_a_person_says_it(value, said):
    assert words(value) == said


def test_two_doses_are_told_apart_and_many_are_counted():
    two = told(visit(dose(), dose(id="2")), None)
    assert {"Dose 1: Drug", "Dose 2: Drug"} <= set(two)
    many = told(visit(*(dose(id=str(n)) for n in range(8))), None)
    assert many["Doses"] == "8 like this one"
    assert "Dose 2: Drug" not in many


def test_a_payer_with_more_than_its_file_says_so():
    facts = told(visit(dose()), retelling.BillingContext(payer(ndc=True)))
    assert facts["Payer"].startswith("Commercial plan whose file says “")
