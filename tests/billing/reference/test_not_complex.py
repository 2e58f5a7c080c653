"""What a contractor's list of drugs that are not complex says, drug by drug and day by day."""

from __future__ import annotations

from datetime import date

import pytest

from billing.outcomes import Kind, Severity
from billing.reference.not_complex import LISTS, PAUSED, NotComplex, list_of
from tests.builders import bill, dose, visit

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


def test_a_drug_that_one_contractor_took_off_is_not_named_there() -> None:
    shot = dose("tbo-filgrastim", "300 mcg", route="SC")
    said = {
        contractor: [
            finding.summary
            for finding in bill(shot, "medicare", contractor=contractor).findings
            if finding.rule == "contested.listed_as_not_complex"
        ]
        for contractor in ("NGS", "Noridian")
    }
    assert said == {"NGS": ["NGS lists tbo-filgrastim as not complex"], "Noridian": []}


@pytest.mark.parametrize(("day", "paused"), [(date(2022, 8, 11), False), (date(2022, 8, 12), True), (DAY, True)])
def test_since_cms_told_its_contractors_the_finding_says_so(day: date, paused: bool) -> None:
    shot = dose("denosumab", "60 mg", route="SC", diagnoses=("M81.0",))
    case = bill(visit(shot, date=day), "medicare", contractor="NGS")
    (found,) = [f for f in case.findings if f.rule == "contested.listed_as_not_complex"]
    assert (PAUSED in str(found.because)) is paused
    assert [line.code for line in case.of(Kind.ADMINISTRATION)] == ["96372"]


@pytest.mark.parametrize(
    ("contractor", "day", "stood"),
    [
        ("NGS", date(2021, 4, 30), False),
        ("NGS", date(2021, 5, 1), True),
        ("WPS", date(2022, 8, 11), True),
        ("WPS", date(2022, 8, 12), False),
        ("Palmetto", date(2023, 12, 20), True),
        ("Palmetto", date(2023, 12, 21), False),
    ],
)
def test_an_article_stood_in_its_days(contractor: str, day: date, stood: bool) -> None:
    assert (list_of(contractor, day) is not None) is stood


def test_a_retired_article_is_no_list() -> None:
    row = NotComplex("NGS", "an article", since=date(2021, 1, 1), until=date(2024, 6, 30))
    assert [row.covers(day) for day in (date(2020, 12, 31), date(2021, 1, 1), date(2024, 6, 30), DAY)] == [
        *(False, True, True, False)
    ]
    assert (list_of("NGS", DAY), list_of("CGS", DAY), list_of(None, DAY)) == (LISTS[0], None, None)
