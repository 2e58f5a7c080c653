"""Questions as coders are asked them, answered line by line: each was answered by hand before the engine was asked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from billing.loading import shipped_reference
from billing.visit_json import derive
from tests.scenarios.test_scenarios import plain, told

HERE = Path(__file__).parent / "asked"
#: an ordinary day in the office, of which everything that is not said was charted and unremarkable
ORDINARY: dict[str, Any] = {
    "assume_documented": True,
    "date": "2026-10-06",
    "place_of_service": "11",
    "state": "TX",
    "supervision": {"mode": "in-suite", "clinician": {"name": "Adams", "credential": "MD", "npi": "1234567893"}},
}
PATIENT = {"birth_date": "1976-03-14", "sex": "F", "established": True}


def questions() -> list[dict[str, Any]]:
    """All questions of the folder, in the order of its files."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.toml")))
    return [row for text in texts for row in tomllib.loads(text)["asked"]]


def document_of(row: Mapping[str, Any]) -> dict[str, Any]:
    said = row.get("visit", {})
    patient = {**PATIENT, **said.get("patient", {})}
    document = {**ORDINARY, **said, "patient": patient, "payer": row["payer"], "administrations": row.get("doses", [])}
    return dict(plain(document))


def said_both(answer: dict[str, Any]) -> set[str]:
    """The doses for which 96372 stands on the claim and is said, in the same answer, not to."""
    billed, left_out = (
        {i for row in answer[kind] if row[key] == "96372" for i in row["administrations"]}
        for kind, key in (("lines", "code"), ("not_billed", "what"))
    )
    return billed & left_out


@pytest.mark.parametrize("row", questions(), ids=lambda row: row["name"].replace(" ", "-"))
def test_answered(row: Mapping[str, Any]) -> None:
    answer = derive(document_of(row), shipped_reference())
    assert not answer.get("ignored"), answer["ignored"]
    assert [told(line) for line in answer["lines"]] == row["lines"], [n["because"] for n in answer["not_billed"]]
    assert said_both(answer) == set()
    blocked = [f"{f['rule']}: {f['blocks']}" for f in answer["findings"] if f["blocks"] != "nothing"]
    assert sorted(set(blocked)) == row.get("blocked_by", [])
    assert set(row.get("also", ())) <= {f["rule"] for f in answer["findings"]}
    if "ndc" in row:
        shown = [line["ndc"] for line in answer["lines"] if line["ndc"]]
        assert [[ndc["code"], ndc["unit"], ndc["quantity"]] for ndc in shown] == row["ndc"]
    assert {name: answer["claim"][name] for name in row.get("claim", ())} == row.get("claim", {})
    critical = {field for f in answer["findings"] if f["severity"] == "critical" for field in f["fields"]}
    assert set(row.get("critical", ())) <= critical, critical


def test_no_question_is_asked_twice() -> None:
    names = [row["name"] for row in questions()]
    assert len(set(names)) == len(names) >= 1040
