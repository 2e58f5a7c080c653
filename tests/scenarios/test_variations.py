"""Every scenario again, told otherwise: what does not matter must not move a line or a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import pytest

from billing.loading import shipped_reference
from billing.visit_json import derive
from tests.scenarios.test_scenarios import FILES, document_of, load

Change = Callable[[dict[str, Any]], None]


def loud_payer(document: dict[str, Any]) -> None:
    if isinstance(document["payer"], str):
        document["payer"] = document["payer"].upper().replace("-", " ")


def pointless_diagnoses(document: dict[str, Any]) -> None:
    for owner in (document, *document["administrations"], *document.get("services", [])):
        if owner.get("diagnoses"):
            owner["diagnoses"] = [code.replace(".", "").lower() for code in owner["diagnoses"]]


def chatty(document: dict[str, Any]) -> None:
    document["weather"] = "rain"
    document["id"] = "visit-17"
    for dose in document["administrations"]:
        dose["note"] = "patient came by bus"


def older_visit_elsewhere(document: dict[str, Any]) -> None:
    past = {"drug": "hyoscyamine", "given": "2020-01-01"}
    document["history"] = [past, *document.get("history", [])]


def backwards(document: dict[str, Any]) -> None:
    """The same facts in another order of names."""
    turned = {key: document[key] for key in reversed(list(document))}
    document.clear()
    document.update(turned)


def otherwise_told(document: dict[str, Any]) -> None:
    """All of these at once: which of them moved something is quickly found by leaving one out."""
    for change in (loud_payer, chatty, older_visit_elsewhere, backwards):
        change(document)


CHANGES: tuple[Change, ...] = (otherwise_told, pointless_diagnoses)


def said(answer: Mapping[str, Any], *, with_texts: bool) -> tuple[Any, ...]:
    lines = [(li["code"], li["units"], li["modifiers"], li["administrations"], li["ndc"]) for li in answer["lines"]]
    findings = sorted((f["rule"], f["gate"], f["owner"], f["until"]) for f in answer["findings"])
    left_out = sorted((n["what"], n["rule"]) for n in answer["not_billed"])
    texts = sorted(f["because"] for f in answer["findings"]) if with_texts else []
    return lines, findings, left_out, answer["claim"], answer["billable"], texts


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("file", FILES)
def test_what_does_not_matter_moves_nothing(file: str, change: Change) -> None:
    scenario = load(file)
    for then in scenario["then"]:
        told = document_of(scenario, then)
        otherwise = deepcopy(told)
        change(otherwise)
        with_texts = change is not pointless_diagnoses
        answers = [said(derive(document, shipped_reference()), with_texts=with_texts) for document in (told, otherwise)]
        assert answers[0] == answers[1]
