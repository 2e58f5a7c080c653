"""Two answers about a visit: what moves, under which rule, and for how much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from billing.loading import HERE, shipped_reference
from billing.loading.draft import DraftError, draft_of, read_draft, without
from billing.reference.demands import DEMANDS
from billing.reference.payers import Demand
from billing.replay import Answer, Difference, Line, LineMove, RuleMove, Totals, compare

DAY = date(2026, 10, 6)
ACT = Line("96372", 1, "administration.injection", ("59",), ("E53.8",), ("1",), expected=Decimal("15.36"))
DRUG = Line("J3420", 1, "drug.units", (), ("E53.8",), ("1",), (("code", "99999012345"),), Decimal("2.00"))
BEFORE = Answer("medicare", (ACT, DRUG))


def moved(before: Answer, after: Answer) -> Difference:
    found = compare(7, DAY, before, after)
    assert found is not None
    return found


def test_the_same_answer_moves_nothing() -> None:
    assert compare(7, DAY, BEFORE, BEFORE) is None


def test_other_words_or_another_order_are_the_same_claim() -> None:
    after = replace(BEFORE, lines=(replace(DRUG, rule="drug.units_renamed"), ACT))
    assert compare(7, DAY, BEFORE, after) is None


@pytest.mark.parametrize(
    "change",
    [
        {"units": 2},
        {"modifiers": ("JZ",)},
        {"diagnoses": ()},
        {"ndc": ()},
        {"expected": Decimal("2.01")},
        {"expected": None},
        {"code": "J3490"},
    ],
)
def test_a_line_is_shown_before_and_after(change: dict[str, object]) -> None:
    after = replace(DRUG, **change)  # type: ignore[arg-type]
    found = moved(BEFORE, replace(BEFORE, lines=(ACT, after)))
    assert found.lines == (LineMove(DRUG, after),)
    assert found.lines[0].rule == "drug.units"


def test_a_line_that_goes_and_one_that_comes() -> None:
    assert moved(BEFORE, replace(BEFORE, lines=(ACT,))).lines == (LineMove(DRUG, None),)
    assert moved(replace(BEFORE, lines=(ACT,)), BEFORE).lines == (LineMove(None, DRUG),)


def test_of_two_lines_with_one_code_the_one_of_the_same_dose_is_meant() -> None:
    second = replace(ACT, administrations=("2",), modifiers=())
    after = replace(second, modifiers=("76",))
    other = replace(ACT, modifiers=("XU",))
    found = moved(Answer("medicare", (ACT, second)), Answer("medicare", (after, other)))
    assert set(found.lines) == {LineMove(ACT, other), LineMove(second, after)}


def test_equal_lines_are_counted_and_not_merged() -> None:
    assert moved(Answer("medicare", (ACT, ACT)), Answer("medicare", (ACT,))).lines == (LineMove(ACT, None),)


def test_a_claim_that_is_newly_held_up_or_let_go_is_a_difference() -> None:
    held = replace(BEFORE, holding=frozenset({"ndc.missing"}), leaving_out=frozenset({"coverage.not_covered"}))
    assert moved(BEFORE, held).rules == (
        RuleMove("ndc.missing", "holds the claim up", begins=True),
        RuleMove("coverage.not_covered", "leaves out", begins=True),
    )
    assert [rule.begins for rule in moved(held, BEFORE).rules] == [False, False]


def test_another_payer_alone_is_a_difference() -> None:
    found = moved(BEFORE, replace(BEFORE, payer="self-pay"))
    assert (found.payer_before, found.payer, found.lines) == ("medicare", "self-pay", ())


@pytest.mark.parametrize(
    ("before", "after", "dollars"),
    [
        (DRUG, replace(DRUG, units=2, expected=Decimal("4.00")), Decimal("2.00")),
        (DRUG, None, Decimal("-2.00")),
        (None, DRUG, Decimal("2.00")),
        (DRUG, replace(DRUG, expected=None), None),
        (None, replace(DRUG, expected=None), None),
        (replace(DRUG, expected=None), replace(DRUG, expected=None, modifiers=("JZ",)), Decimal(0)),
        (replace(DRUG, expected=None), replace(DRUG, expected=None, units=2), None),
    ],
)
def test_dollars_are_unknown_where_a_price_is(before: Line | None, after: Line | None, dollars: Decimal | None) -> None:
    assert LineMove(before, after).dollars == dollars


def test_counts_by_rule_and_by_payer() -> None:
    totals = Totals()
    doubled = replace(DRUG, units=3, expected=Decimal("6.00"))
    totals.count(None)
    totals.count(compare(1, DAY, BEFORE, replace(BEFORE, lines=(ACT, doubled))))
    totals.count(compare(2, DAY, BEFORE, replace(BEFORE, lines=(DRUG,), holding=frozenset({"ndc.missing"}))))
    totals.count(compare(3, DAY, BEFORE, replace(BEFORE, payer="medicaid", lines=(ACT, replace(DRUG, expected=None)))))
    assert (totals.unchanged, totals.differ) == (1, 3)
    drug = totals.by_rule["drug.units"]
    assert (drug.visits, drug.lines, drug.units, drug.dollars, drug.unpriced) == (2, 2, 2, Decimal("4.00"), 1)
    assert (totals.by_rule["ndc.missing"].visits, totals.by_rule["ndc.missing"].lines) == (1, 0)
    assert {payer: tally.visits for payer, tally in totals.by_payer.items()} == {"medicare": 2, "medicaid": 1}
    assert totals.whole.dollars == Decimal("-11.36")


# --- the draft ---

NDC = {"demand": "ndc", "value": True, "source": "a letter"}


def wants(table: dict[str, object], payer: str, demand: str, day: date = DAY) -> object:
    return draft_of(table).over(shipped_reference()).payers[payer].wants(demand, day)


def test_a_demand_is_added_from_its_day_on_and_for_those_that_follow() -> None:
    table = {"key": "medicare", "wants": [{**NDC, "since": DAY}]}
    assert wants(table, "medicare", "ndc") is True
    assert wants(table, "medicare-advantage", "ndc") is True
    assert wants(table, "medicare", "ndc", date(2026, 10, 5)) is None
    assert wants(table, "commercial", "ndc") is None


def test_a_demand_is_ended_from_a_day_on() -> None:
    table = {"key": "medicaid", "wants": [{**NDC, "value": False, "since": DAY}]}
    assert wants(table, "medicaid", "ndc") is None
    assert wants(table, "medicaid", "ndc", date(2026, 10, 5)) is True


def test_a_new_payer_follows_one_that_is_loaded() -> None:
    table = {"key": "lakeside", "name": "Lakeside", "kind": "commercial", "follows": "commercial", "wants": [NDC]}
    assert wants(table, "lakeside", "ndc") is True
    assert wants(table, "lakeside", "repeat-injections") == "59"


@pytest.mark.parametrize("path", sorted((HERE / "payers").glob("*.toml")), ids=lambda path: path.stem)
def test_each_shipped_file_is_a_draft_that_changes_nothing(path: Path) -> None:
    shipped, drafted = shipped_reference().payers, read_draft(path).over(shipped_reference()).payers
    days = (date(2019, 1, 1), date(2024, 5, 5), DAY)
    for key, demand, day in product(shipped, DEMANDS, days):
        assert drafted[key].wants(demand, day) == shipped[key].wants(demand, day)
    assert list(drafted) == list(shipped)


def test_a_draft_of_another_practices_payer_changes_nothing() -> None:
    assert draft_of({"key": "lakeside", "wants": [NDC]}).over(shipped_reference()) is shipped_reference()


def test_a_demand_gives_way_only_on_the_days_of_the_row() -> None:
    old = Demand("ndc", True, date(2026, 1, 1), date(2026, 12, 31))
    row = Demand("ndc", False, date(2026, 3, 1), date(2026, 3, 31))
    first, last = without(old, row)
    assert (first.since, first.until) == (date(2026, 1, 1), date(2026, 2, 28))
    assert (last.since, last.until) == (date(2026, 4, 1), date(2026, 12, 31))
    assert without(old, Demand("ndc", False)) == ()
    assert without(old, Demand("ndc", False, date(2027, 1, 1))) == (old,)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"wants": [NDC]}, "key"),
        ({"key": 3}, "key"),
        ({"key": "medicare", "want": []}, "want is not"),
        ({"key": "medicare", "wants": {}}, "wants"),
        ({"key": "medicare", "wants": [{"demand": "ndc", "value": True}]}, r"wants\[0\]"),
        ({"key": "medicare", "wants": [NDC, {**NDC, "demand": "ndcs"}]}, r"wants\[1\]\.demand: 'ndcs'"),
        ({"key": "medicare", "wants": [{**NDC, "value": 1.5}]}, r"wants\[0\]\.value"),
        ({"key": "medicare", "wants": [{**NDC, "since": "soon"}]}, r"wants\[0\]\.since"),
        ({"key": "medicare", "wants": [{**NDC, "since": DAY, "until": date(2026, 1, 1)}]}, r"wants\[0\]\.until"),
        ({"key": "medicare", "wants": [NDC, NDC]}, "twice"),
    ],
)
def test_what_is_no_draft_is_refused_with_its_place(table: dict[str, object], said: str) -> None:
    with pytest.raises(DraftError, match=said):
        draft_of(table)
