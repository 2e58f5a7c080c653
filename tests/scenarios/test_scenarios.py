"""Whole visits, from the document to the bill, as a biller would tell them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from billing.loading import shipped_reference
from billing.visit_json import derive

HERE = Path(__file__).parent

ISO_DAY = re.compile(r"\b[12][0-9]{3}-[01][0-9]-[0-3][0-9]")


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


WELL_CHARTED = load("well-charted.toml")
FILES = sorted(path.name for path in HERE.glob("*.toml") if path.name != "well-charted.toml")
CASES = [
    pytest.param(file, place, id=f"{file[:-5]}-{place + 1}")
    for file in FILES
    for place in range(len(load(file)["then"]))
]


def laid_over(base: Any, change: Any) -> Any:
    """Tables are laid over tables; anything else replaces."""
    if isinstance(base, Mapping) and isinstance(change, Mapping) and "unobtainable" not in change:
        merged = {key: laid_over(base[key], value) if key in base else value for key, value in change.items()}
        return {**base, **merged}
    return change


def plain(value: Any) -> Any:
    """TOML's own dates as the text that JSON carries."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def steps(path: str) -> list[str | int]:
    return [int(s) if s.isdigit() else s for s in re.findall(r"[^.\[\]]+", path)]


def put(document: Any, path: str, value: Any) -> None:
    *way, last = steps(path)
    for step in way:
        document = document[step]
    document[last] = value


def drop(document: Any, path: str) -> None:
    *way, last = steps(path)
    for step in way:
        document = document[step]
    document.pop(last, None)


def document_of(scenario: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    visit = scenario["visit"]
    base = {key: value for key, value in WELL_CHARTED.items() if key != "administrations"}
    document: dict[str, Any] = {} if visit.get("assume_documented") else deepcopy(base)
    usual = {} if visit.get("assume_documented") else WELL_CHARTED["administrations"][0]
    document = {"date": base["date"], **laid_over(document, visit)}
    document["administrations"] = [laid_over(usual, dose) for dose in visit.get("administrations", [])]
    document = deepcopy(plain(document))
    document["payer"] = then["payer"]
    for path, value in then.get("set", {}).items():
        put(document, path, plain(value))
    for path in then.get("without", ()):
        drop(document, path)
    return document


def days_like_a_machine(answer: Mapping[str, Any]) -> list[str]:
    """Sentences of the answer that say 2026-10-06 instead of 6 Oct 2026: a person reads them."""
    rows = (row for kind in ("lines", "findings", "not_billed", "not_checked") for row in answer[kind])
    said = (row.get(name) or "" for row in rows for name in ("because", "summary", "fix", "source"))
    return [sentence for sentence in said if ISO_DAY.search(sentence)]


def told(line: Mapping[str, Any]) -> str:
    return "-".join((line["code"], *line["modifiers"])) + f" x{line['units']}"


@pytest.mark.parametrize(("file", "place"), CASES)
def test_scenario(file: str, place: int) -> None:
    scenario = load(file)
    then = scenario["then"][place]
    answer = derive(document_of(scenario, then), shipped_reference())

    lines = [told(line) for line in answer["lines"]]
    findings = [f"{f['rule']}: {f['blocks']}" for f in answer["findings"]]
    blocking = [f for f in findings if not f.endswith(": nothing")]
    left_out = " | ".join(n["what"].casefold() for n in answer["not_billed"])
    assert not answer.get("ignored"), answer["ignored"]
    assert days_like_a_machine(answer) == []
    if "lines" in then:
        assert lines == then["lines"], findings
    assert lines[: len(then.get("first_lines", ()))] == list(then.get("first_lines", ())), lines
    assert not [line for line in lines for code in then.get("never", ()) if line.startswith(code)]
    assert [what for what in then.get("not_billed", ()) if what.casefold() not in left_out] == [], left_out
    if "blocked_by" in then:
        assert sorted(set(blocking)) == sorted(then["blocked_by"])
    assert [f for f in then.get("also", ()) if f not in findings] == [], findings
    assert not [f for f in blocking for gate in then.get("never_blocked_by", ()) if f.endswith(gate)], blocking
    if "ndc" in then:
        shown = [line["ndc"] for line in answer["lines"] if line["ndc"]]
        assert [[ndc["code"], ndc["unit"], ndc["quantity"]] for ndc in shown] == then["ndc"]
    for note in then.get("notes", ()):
        assert note in answer["claim"]["notes"]
    for name, value in then.get("claim", {}).items():
        assert answer["claim"][name] == value


def test_every_scenario_has_a_name_that_is_a_sentence() -> None:
    assert [file for file in FILES if len(load(file)["name"].split()) < 4] == []
