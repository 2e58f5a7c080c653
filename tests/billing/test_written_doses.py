"""Doses as people write them beside a volume, a strength or a number of times."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from billing.loading import shipped_reference
from billing.visit_json import VisitError, derive


def units(drug: str, dose: str, **more: Any) -> dict[str, int]:
    given = {"drug": drug, "dose": dose, "route": "IM", "diagnoses": ["R52"], **more}
    visit = {"date": "2026-10-06", "payer": "medicaid", "assume_documented": True, "administrations": [given]}
    return {
        line["code"]: line["units"] for line in derive(visit, shipped_reference())["lines"] if line["kind"] == "drug"
    }


@pytest.mark.parametrize(
    ("drug", "dose", "more", "expected"),
    [
        ("Toradol", "60mg/2ml", {}, {"J1885": 4}),
        ("Toradol", "60 mg in 2 mL IM", {}, {"J1885": 4}),
        ("Toradol", "60 mg/2 mL", {"volume": "1 mL"}, {"J1885": 2}),
        ("Toradol", "30 mg/mL", {"volume": "2 mL"}, {"J1885": 4}),
        ("Toradol", "30 mg/mL, 1 mL", {}, {"J1885": 2}),
        ("epinephrine", "0.3 mL of 1:1000", {}, {"J0165": 3}),
        ("cyanocobalamin", "1 cc of 1000 mcg/mL", {}, {"J3420": 1}),
        ("Xolair", "150mg x 2", {"route": "SC"}, {"J2357": 60}),
        ("Xolair", "300 mg (2 x 150 mg)", {"route": "SC"}, {"J2357": 60}),
        ("Xolair", "2 x 150 mg", {"route": "SC", "ordered_dose": "150 mg x 2"}, {"J2357": 60}),
        ("Cabenuva", "600 mg/900 mg", {}, {"J0741": 300}),
    ],
)
def test_what_was_given_is_read(drug: str, dose: str, more: dict[str, Any], expected: dict[str, int]) -> None:
    assert units(drug, dose, **more) == expected


def test_the_volume_beside_the_dose_counts_for_the_package() -> None:
    given = {"drug": "Toradol", "ndc": "00409-3796-01", "dose": "60 mg/2 mL", "route": "IM", "diagnoses": ["R52"]}
    visit = {"date": "2026-10-06", "payer": "medicaid", "assume_documented": True, "administrations": [given]}
    ndc = next(line["ndc"] for line in derive(visit, shipped_reference())["lines"] if line["kind"] == "drug")
    assert (ndc["unit"], Decimal(ndc["quantity"])) == ("ML", 2)


@pytest.mark.parametrize(
    ("dose", "why"),
    [
        ("150 mg/mL", "is a strength; say how much of it was given"),
        ("1 mL of whatever", "is not an amount with a unit"),
        ("60 mg/0 mL x", "is not an amount with a unit"),
        ("1 mL/2 mL", "is not an amount with a unit"),
        ("x 2", "is not an amount with a unit"),
        ("600kk units", "is not an amount with a unit"),
        ("150 mg (300 mg)", "is not an amount with a unit"),
    ],
)
def test_what_says_no_amount_is_refused_by_name(dose: str, why: str) -> None:
    with pytest.raises(VisitError) as refused:
        units("Depo-Provera", dose)
    assert refused.value.path == "administrations[0].dose"
    assert refused.value.why.startswith(f'"{dose}" {why}')


def test_the_strength_in_the_name_serves_the_rest_too() -> None:
    """15 mg given of 30 mg/mL, and 0.5 mL thrown away: 15 mg of rest, one unit each."""
    given = {"drug": "ketorolac 30 mg/mL", "dose": "15 mg", "discarded": "0.5 mL", "route": "IM", "diagnoses": ["R52"]}
    visit = {"date": "2026-10-06", "payer": "medicare", "assume_documented": True, "administrations": [given]}
    said = derive(visit, shipped_reference())
    drug = [(line["units"], line["modifiers"]) for line in said["lines"] if line["code"] == "J1885"]
    assert drug == [(1, []), (1, ["JW"])]
    assert not [f for f in said["findings"] if f["severity"] == "critical"]
