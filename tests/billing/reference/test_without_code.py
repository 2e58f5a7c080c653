"""Drugs without a code of their own: found by any of their names, and really without one."""

from __future__ import annotations

import csv
import gzip

import pytest

from billing.reference.without_code import DRUGS, named_without_code
from injections.formulary import formulary
from tests.injections.formulary.conftest import SHARED


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Emgality", "J3590"),
        ("galcanezumab-gnlm 120 mg/mL pen", "J3590"),
        ("OZEMPIC 0.5mg", "J3490"),
        ("vitamin c", "J3490"),
        ("glutathione with vitamin C", None),
        ("ketorolac", None),
    ],
)
def test_a_name_finds_its_unclassified_code(written: str, code: str | None) -> None:
    found = named_without_code(written)
    assert (found and found.code) == code


def test_a_drug_whose_code_is_for_the_vein_has_none_under_the_skin() -> None:
    found = named_without_code("Skyrizi 150 mg pen", "SC")
    assert found is not None
    assert found.code == "J3590"
    assert named_without_code("Skyrizi", "IV-infusion") is None


def test_none_of_them_has_a_file_of_its_own() -> None:
    names = [word for row in DRUGS for word in (row.name, *row.brands)]
    assert [name for name in names if formulary().by_name(name)] == []


def test_none_of_them_is_named_by_a_drug_code_of_cms() -> None:
    path = SHARED / "data" / "hcpcs" / "hcpcs_level2_2025_10.csv.gz"
    if not path.is_file():
        pytest.skip("the public HCPCS file (../shared/data) is not on this machine")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = [r["long_description"] for r in csv.DictReader(file) if r["code"][0] in "JQ"]
    veins = [text for text in texts if "intravenous" in text]
    assert [row.name for row in DRUGS if _named(row.name, texts) and not row.routes] == []
    assert [row.name for row in DRUGS if row.routes and _named(row.name, texts) != _named(row.name, veins)] == []


def _named(name: str, texts: list[str]) -> int:
    return sum(name in text.casefold() for text in texts)
