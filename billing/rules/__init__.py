"""The rulebook's table of contents: opening the chapters enters their rules."""

from __future__ import annotations

from billing.rules import (
    administration,
    authorization,
    bundling,
    chemodenervation,
    claim,
    claimed,
    contested,
    contradictions,
    coverage,
    covid,
    drug,
    esa,
    evaluation,
    immunisation,
    intravenous,
    modifiers,
    ndc,
    necessity,
    notices,
    nurse_visit,
    places,
    procedures,
    product,
    reasons,
    reported,
    scope,
    source,
    spine,
    subcutaneous,
    supervision,
    surgery,
    timeliness,
    validity,
    wastage,
)
from billing.rules.choice import Choice
from billing.rules.rule import Rule, written

__all__ = ["CHAPTERS", "CHECKED_AGAINST", "CHOICE", "RULEBOOK"]

#: the chapters in the order of the manual
CHAPTERS = (
    administration,
    covid,
    immunisation,
    intravenous,
    subcutaneous,
    procedures,
    spine,
    chemodenervation,
    product,
    drug,
    claimed,
    source,
    wastage,
    ndc,
    evaluation,
    nurse_visit,
    reported,
    modifiers,
    bundling,
    validity,
    surgery,
    contested,
    contradictions,
    supervision,
    scope,
    places,
    coverage,
    notices,
    esa,
    necessity,
    reasons,
    authorization,
    claim,
    timeliness,
)

#: check in words, the table behind it, and the payer's demand that makes it matter
CHECKED_AGAINST: tuple[tuple[str, str, str | None], ...] = (
    ("NCCI pairs", "ncci-pairs", "ncci"),
    ("MUE unit limits", "mue", "mue"),
    ("diagnosis codes", "icd-10-cm", None),
    ("drug prices", "asp", "fee-schedule"),
    ("fee schedule amounts", "fee-schedule", "fee-schedule"),
    ("HCPCS code dates", "hcpcs", None),
    ("NDC crosswalk", "asp-crosswalk", "ndc"),
    ("add-on codes", "add-on-codes", "ncci"),
    ("places of service", "place-of-service", None),
    ("self-administered drug lists", "self-administered", "self-administered-list"),
)

RULEBOOK: tuple[Rule, ...] = written()
CHOICE = Choice(RULEBOOK)
