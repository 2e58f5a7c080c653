"""Limits and intervals of shipped drugs: by kidneys, and by strength of the last dose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from injections.checks import examine
from injections.facts import Lab, LoadingSeries, PastDose, Patient
from injections.formulary.loader import load_products
from tests.builders import amount, dose, visit


def said(encounter) -> list[str]:
    return [f"{f.rule}: {f.because}" for f in examine(encounter)]


def about(rule: str, encounter) -> list[str]:
    return [text for text in said(encounter) if text.startswith(rule)]


# --- kidneys ---------------------------------------------------------------------------------------------------------


def eGFR(value: int, month: int) -> Lab:
    return Lab("eGFR", Decimal(value), "mL/min/1.73 m2", date(2026, month, 1))


def shot(given: str = "60 mg", **changes):
    return dose("ketorolac", given, **changes)


@pytest.mark.parametrize(
    "encounter",
    [
        visit(shot(diagnoses=("M54.50", "N18.4"))),
        visit(shot(screening={"impaired-kidneys": "yes"})),
        visit(shot(), patient=Patient(birth_date=date(1976, 3, 14), on_dialysis=True)),
        visit(shot(labs=(eGFR(58, 9), eGFR(75, 8)))),
        visit(shot(labs=(Lab("Creatinine clearance", Decimal("22.5"), "mL/min"),))),
    ],
    ids=["diagnosis", "answer", "dialysis", "last filtration", "clearance"],
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
        visit(shot(labs=(eGFR(58, 8), eGFR(60, 9)))),
    ],
    ids=["nothing said", "small dose", "early disease", "answered no", "better since"],
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


@pytest.mark.parametrize(
    ("key", "given", "days_ago", "early"),
    [
        ("buprenorphine-er-sublocade", "300 mg", (7,), False),
        ("buprenorphine-er-sublocade", "300 mg", (6,), True),
        ("buprenorphine-er-sublocade", "300 mg", (40, 7), True),
        ("denosumab-xgeva", "120 mg", (14, 7), False),
        ("denosumab-xgeva", "120 mg", (21, 14, 7), True),
        ("denosumab-xgeva", "120 mg", (28, 21, 14), False),
        ("denosumab-xgeva", "120 mg", (42, 35, 28, 14), True),
        ("paliperidone-palmitate", "156 mg", (8,), False),
        # two syringes of one day are one dose, and the third still belongs to the fast beginning
        ("fulvestrant", "500 mg", (28, 28, 14, 14), False),
        ("fulvestrant", "500 mg", (42, 28, 14), True),
        ("tildrakizumab", "100 mg", (28,), False),
        ("tildrakizumab", "100 mg", (56, 28), True),
        ("testosterone-undecanoate", "750 mg", (28,), False),
        ("testosterone-undecanoate", "750 mg", (98, 69), True),
    ],
)
def test_a_series_that_loads_begins_faster_than_it_goes_on(
    key: str, given: str, days_ago: tuple[int, ...], early: bool
) -> None:
    today = date(2026, 10, 6).toordinal()
    past = tuple(PastDose(key, date.fromordinal(today - days)) for days in days_ago)
    assert bool(about("interval.too_early", visit(dose(key, given), history=past))) is early


SERIES = [(product.key, series) for product in load_products() for series in product.loading]


@pytest.mark.parametrize(("key", "series"), SERIES, ids=[f"{key}-{series.use}" for key, series in SERIES])
def test_a_nurse_who_keeps_to_the_label_s_days_is_never_too_early(key: str, series: LoadingSeries) -> None:
    days = [step.after_days for step in series.doses]
    if series.every_days:
        days.append(days[-1] + series.every_days)
    begun = date(2026, 10, 6).toordinal()
    for number, day in enumerate(days[1:], 1):
        past = tuple(PastDose(key, date.fromordinal(begun + before)) for before in days[:number])
        today = visit(dose(key, None), history=past, date=date.fromordinal(begun + day))
        assert about("interval.too_early", today) == [], f"dose {number + 1} on day {day + 1}"
