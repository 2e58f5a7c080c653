"""Limits and intervals of shipped drugs: by kidneys, and by strength of the last dose."""

from __future__ import annotations

from datetime import date

import pytest

from injections.checks import examine
from injections.facts import PastDose, Patient
from tests.builders import amount, dose, visit


def said(encounter) -> list[str]:
    return [f"{f.rule}: {f.because}" for f in examine(encounter)]


def about(rule: str, encounter) -> list[str]:
    return [text for text in said(encounter) if text.startswith(rule)]


# --- kidneys ---------------------------------------------------------------------------------------------------------


def shot(given: str = "60 mg", **changes):
    return dose("ketorolac", given, **changes)


@pytest.mark.parametrize(
    "encounter",
    [
        visit(shot(diagnoses=("M54.50", "N18.4"))),
        visit(shot(screening={"impaired-kidneys": "yes"})),
        visit(shot(), patient=Patient(birth_date=date(1976, 3, 14), on_dialysis=True)),
    ],
    ids=["diagnosis", "answer", "dialysis"],
)
def test_impaired_kidneys_halve_the_largest_dose(encounter) -> None:
    (found,) = about("dose.dose_over_label_maximum", encounter)
    assert "the maximum with impaired kidneys" in found


@pytest.mark.parametrize(
    "encounter",
    [
        visit(shot()),
        visit(shot("30 mg", diagnoses=("M54.50", "N18.4"))),
        visit(shot(diagnoses=("M54.50", "N18.2"))),
        visit(shot(screening={"impaired-kidneys": "no"})),
    ],
    ids=["nothing said", "small dose", "early disease", "answered no"],
)
def test_whole_kidneys_take_the_whole_dose(encounter) -> None:
    assert about("dose.dose_over_label_maximum", encounter) == []


# --- rhythm by strength ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "days_ago", "early"),
    [
        ("7.5 mg", 30, False),
        ("22.5 mg", 30, True),
        ("22.5 mg", 84, False),
        ("45 mg", 84, True),
        ("45 mg", 168, False),
        (None, 30, False),
    ],
)
def test_the_strength_of_the_last_dose_sets_the_next_day(last: str | None, days_ago: int, early: bool) -> None:
    given = date.fromordinal(date(2026, 10, 6).toordinal() - days_ago)
    past = PastDose("leuprolide depot", given, amount(last) if last else None)
    encounter = visit(dose("leuprolide-depot-oncology", "22.5 mg", diagnoses=("C61",)), history=(past,))
    assert bool(about("interval.too_early", encounter)) is early
