"""Facts that cannot be true together, or that nobody knows: a critical finding names each, and lines are told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.billing.asking import answered, codes, shot

PAYERS = ("medicare", "medicaid", "commercial", "workers-compensation", "self-pay")
TRIAMCINOLONE = "00003-0293-05"
NOBODYS = "99999-1234-01"


def critical(document: dict[str, Any]) -> set[str]:
    """The fields that critical findings name."""
    findings = answered(document)["findings"]
    return {name for f in findings if f["severity"] == "critical" for name in f["fields"]}


@pytest.mark.parametrize("payer", PAYERS)
def test_package_that_nobody_knows_or_of_another_drug(payer: str) -> None:
    here = "administrations[0].ndc"
    unknown = shot(ndc=NOBODYS) | {"payer": payer}
    assert here in critical(unknown)
    assert [line for line in codes(unknown) if line.startswith("J1885") and line.endswith("x2")]
    assert here in critical(shot(ndc=TRIAMCINOLONE) | {"payer": payer})
    assert here in critical(shot(drug=None, hcpcs="J1885", ndc=NOBODYS) | {"payer": payer})
    assert here in critical(shot(drug=None, hcpcs="J1885", ndc=TRIAMCINOLONE) | {"payer": payer})
    assert here in critical(shot(drug=None, ndc=NOBODYS) | {"payer": payer})
    assert here not in critical(shot(ndc="63323-0162-01") | {"payer": payer})


def test_package_of_one_of_several_containers() -> None:
    vial = {"holds": "30 mg", "single_dose": True, "used": "30 mg", "discarded": "0 mg"}
    containers = [{**vial, "ndc": NOBODYS}, {**vial, "ndc": TRIAMCINOLONE}]
    named = critical(shot(dose="60 mg", containers=containers))
    assert {f"administrations[0].containers[{nth}].ndc" for nth in (0, 1)} <= named


def test_package_of_a_drug_without_packages_on_file_is_only_asked_about() -> None:
    assert "administrations[0].ndc" not in critical(shot(drug="MMR vaccine", dose="0.5 mL", ndc=NOBODYS))
