"""Two answers about a visit: what moves, under which rule, and for how much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billing.replay import PRICE, Answer, Difference, Line, LineMove, RuleMove, compare
from billing.tallies import Totals
from injections import codec

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
    after = replace(DRUG, **change)  # type: ignore[arg-type]  # any field may be changed
    found = moved(BEFORE, replace(BEFORE, lines=(ACT, after)))
    assert found.lines == (LineMove(DRUG, after),)
    assert found.lines[0].rule == (PRICE if set(change) == {"expected"} else "drug.units")


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
        (replace(DRUG, expected=None), replace(DRUG, expected=None, modifiers=("JZ",)), None),
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
    drug, price = totals.by_rule["drug.units"], totals.by_rule[PRICE]
    assert (drug.visits, drug.lines, drug.units, drug.dollars, drug.unpriced) == (1, 1, 2, Decimal("4.00"), 0)
    assert (price.visits, price.lines, price.units, price.dollars, price.unpriced) == (1, 1, 0, Decimal(0), 1)
    assert (drug.expected, price.expected) == (Decimal("4.00"), None)
    assert (totals.by_rule["ndc.missing"].visits, totals.by_rule["ndc.missing"].lines) == (1, 0)
    assert {payer: tally.visits for payer, tally in totals.by_payer.items()} == {"medicare": 2, "medicaid": 1}
    assert totals.whole.dollars == Decimal("-11.36")


def test_counts_of_parts_add_up_to_the_counts_of_the_whole() -> None:
    doubled = replace(DRUG, units=3, expected=Decimal("6.00"))
    found = [
        compare(1, DAY, BEFORE, replace(BEFORE, lines=(ACT, doubled))),
        compare(2, DAY, BEFORE, replace(BEFORE, payer="medicaid", lines=(DRUG,))),
        None,
    ]
    whole, joined = Totals(without_answer=1, failed=2), Totals(without_answer=1, failed=2)
    for difference in found:
        part = Totals()
        part.count(difference)
        whole.count(difference)
        joined.add(codec.decode(Totals, codec.encode(part)))
    assert joined == whole
    assert joined.visits == 6


def test_a_difference_is_kept_as_data_and_comes_back() -> None:
    found = moved(
        BEFORE, replace(BEFORE, lines=(ACT, replace(DRUG, expected=None)), holding=frozenset({"ndc.missing"}))
    )
    assert codec.decode(Difference, codec.encode(found)) == found
