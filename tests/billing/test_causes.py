"""Which rule made a line move, told by the words of both answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from billing.causes import Word, cause, listening, words
from billing.engine import review
from billing.loading import shipped_reference
from billing.outcomes import Outcome
from billing.replay import Line, LineMove
from billing.rules import RULEBOOK
from tests.bench.visits import TYPICAL

DRUG = Line("J1050", 150, "drug.billing_units", ("JZ",), ("Z30.42",), ("1",), key="drug:1")
GIVEN = Word("drug.billing_units", "charge", ("J1050", 150), frozenset({"drug:1"}))
JZ = Word("wastage.nothing_discarded", "modifier", ("JZ",), frozenset({"drug:1"}))
FP = Word("modifiers.line_modifiers", "modifier", ("FP",), frozenset({"drug:1"}))
KEPT_BACK = Word("coverage.contraception", "withheld", (), frozenset({"drug:1"}))
TOGETHER = Word("modifiers.repeats", "repeat", ("units",), frozenset({"drug:1", "drug:2"}))
APART = replace(TOGETHER, says=("76",))
OF_ANOTHER = Word("modifiers.line_modifiers", "modifier", ("FP",), frozenset({"drug:9"}))


def now(**changes: object) -> Line:
    return replace(DRUG, **changes)  # type: ignore[arg-type]  # any field may be changed


@pytest.mark.parametrize(
    ("before", "after", "were", "are", "rule"),
    [
        (DRUG, now(modifiers=("JZ", "FP")), (GIVEN, JZ), (GIVEN, JZ, FP), "modifiers.line_modifiers"),
        (DRUG, now(modifiers=()), (GIVEN, JZ), (GIVEN,), "wastage.nothing_discarded"),
        (DRUG, now(modifiers=("JZ", "76")), (GIVEN, JZ), (GIVEN, JZ, APART), "modifiers.repeats"),
        (DRUG, None, (GIVEN, JZ), (GIVEN, JZ, KEPT_BACK), "coverage.contraception"),
        (None, DRUG, (GIVEN, KEPT_BACK), (GIVEN,), "coverage.contraception"),
        (DRUG, None, (GIVEN, JZ), (GIVEN, JZ, TOGETHER), "modifiers.repeats"),
        (DRUG, None, (GIVEN,), (), "drug.billing_units"),
        (
            DRUG,
            now(units=15, rule="drug.other_units"),
            (GIVEN,),
            (Word("drug.other_units", "charge", ("J1050", 15), frozenset({"drug:1"})),),
            "drug.other_units",
        ),
        (DRUG, now(units=300), (GIVEN,), (GIVEN, TOGETHER), "modifiers.repeats"),
        (DRUG, now(modifiers=("JZ", "FP")), (GIVEN, JZ), (GIVEN, JZ, OF_ANOTHER), ""),
        (DRUG, now(expected=None), (GIVEN, JZ), (GIVEN, JZ), ""),
    ],
)
def test_a_move_is_put_down_to_the_rule_whose_words_differ(
    before: Line | None, after: Line | None, were: tuple[Word, ...], are: tuple[Word, ...], rule: str
) -> None:
    assert cause(LineMove(before, after), were, are) == rule


def test_the_payers_choice_of_how_acts_are_told_apart_is_put_down_to_the_rule_that_tells_them_apart() -> None:
    told = Word("modifiers.distinct", "modifier", ("59",), frozenset({"drug:1"}))
    move = LineMove(now(modifiers=("59",)), now(modifiers=("XU",)))
    assert cause(move, (told,), (told,)) == "modifiers.distinct"


def test_listening_changes_no_answer_and_hears_every_line() -> None:
    for visit, context in TYPICAL:
        heard: list[Outcome] = []
        listened = review(visit, context, shipped_reference(), rules=listening(RULEBOOK, heard))
        assert listened == review(visit, context, shipped_reference())
        said = words(heard)
        assert {word.rule for word in said if word.kind == "charge"} >= {charge.rule for charge in listened.charges}
