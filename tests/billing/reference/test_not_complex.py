"""What a contractor's list of drugs that are not complex says, drug by drug and day by day."""

from __future__ import annotations

from datetime import date

import pytest

from billing.outcomes import Severity
from billing.reference.not_complex import LISTS, NotComplex, list_of
from tests.builders import bill, dose

DAY = date(2026, 10, 6)


@pytest.mark.parametrize(
    ("drug", "given", "contractor", "summary", "fix", "severity"),
    [
        ("denosumab", "60 mg", "NGS", "NGS lists denosumab (Prolia) as not complex", "Keep 96372", Severity.INFO),
        (
            "certolizumab-pegol",
            "400 mg",
            "NGS",
            "NGS names certolizumab pegol with a caveat",
            "Read the article",
            Severity.WARNING,
        ),
        ("denosumab", "60 mg", "CGS", "No list of CGS is known", "Read the article", Severity.INFO),
    ],
)
def test_the_list_says(drug: str, given: str, contractor: str, summary: str, fix: str, severity: Severity) -> None:
    case = bill(dose(drug, given, route="SC", diagnoses=("M81.0",)), "medicare", contractor=contractor)
    (found,) = [f for f in case.findings if f.rule == "contested.listed_as_not_complex"]
    assert (found.summary[: len(summary)], found.fix[: len(fix)], found.severity) == (summary, fix, severity)


def test_it_says_nothing_elsewhere() -> None:
    asked = [
        bill(dose("denosumab", "60 mg", route="SC"), "commercial", contractor="NGS"),
        bill(dose("denosumab", "60 mg", route="SC"), "medicare"),
        bill(dose(), "medicare", contractor="NGS"),
    ]
    assert not [f for case in asked for f in case.findings if f.rule == "contested.listed_as_not_complex"]


def test_a_retired_article_is_no_list() -> None:
    row = NotComplex("NGS", "an article", since=date(2021, 1, 1), until=date(2024, 6, 30))
    assert [row.covers(day) for day in (date(2020, 12, 31), date(2021, 1, 1), date(2024, 6, 30), DAY)] == [
        *(False, True, True, False)
    ]
    assert (list_of("NGS", DAY), list_of("CGS", DAY), list_of(None, DAY)) == (LISTS[0], None, None)
