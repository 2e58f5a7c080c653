"""A plain question to the derivation door, to vary."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from billing.loading import shipped_reference
from billing.visit_json import derive

SHOT: dict[str, Any] = {"drug": "Toradol", "dose": "30 mg", "route": "IM", "diagnoses": ["M54.50"]}
VISIT: dict[str, Any] = {
    "date": "2026-10-06",
    "payer": "commercial",
    "assume_documented": True,
    "administrations": [SHOT],
}


def asked(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(VISIT), **changes}


def shot(**changes: Any) -> dict[str, Any]:
    return asked(administrations=[{**SHOT, **changes}])


def answered(document: dict[str, Any]) -> dict[str, Any]:
    return derive(document, shipped_reference())


def codes(document: dict[str, Any]) -> list[str]:
    return ["-".join((line["code"], *line["modifiers"])) + f" x{line['units']}" for line in answered(document)["lines"]]
