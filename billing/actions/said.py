"""Answers as they are compared: as stored text or rows say them, or as the engine just gave them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from billing.case import Case
from billing.models import ClaimLine, Review
from billing.outcomes import Gate
from billing.replay import Answer, Line
from billing.visit_json import claim_line, not_billed


def said_then(stored: Review) -> Answer:
    """What a review says, from the text of its answer: nothing more is read from the database."""
    said = json.loads(stored.output)
    return _answer(stored.payer_key, map(_line, said["lines"]), said["findings"], said["not_billed"])


def said_now(case: Case) -> Answer:
    """The same of an answer that is not stored, in the very words that storing would keep."""
    lines = (_line(claim_line(case, charge), charge.key) for charge in case.charges)
    findings = ({"rule": finding.rule, "gate": finding.gate} for finding in case.findings)
    return _answer(case.context.payer.key, lines, findings, not_billed(case))


def stored_answer(stored: Review) -> Answer:
    """What a review says, from its rows."""
    return Answer(
        stored.payer_key,
        tuple(_of_row(line) for line in stored.lines.all()),
        frozenset(gap.rule for gap in stored.gaps.all() if gap.gate != Gate.NOTHING),
        frozenset(row.rule for row in stored.not_billed.all()),
    )


def _answer(
    payer: str,
    lines: Iterable[Line],
    findings: Iterable[Mapping[str, Any]],
    left_out: Iterable[Mapping[str, Any]],
) -> Answer:
    return Answer(
        payer,
        tuple(lines),
        frozenset(finding["rule"] for finding in findings if finding["gate"] != Gate.NOTHING),
        frozenset(row["rule"] for row in left_out),
    )


def _line(said: Mapping[str, Any], key: str = "") -> Line:
    expected = said["expected_payment"]
    return Line(
        said["code"],
        said["units"],
        said["rule"],
        tuple(said["modifiers"]),
        tuple(said["diagnoses"]),
        tuple(said["administrations"]),
        tuple(sorted(said["ndc"].items())) if said["ndc"] else (),
        None if expected is None else Decimal(expected),
        key,
    )


def _of_row(line: ClaimLine) -> Line:
    columns = ("code", "units", "rule", "modifiers", "diagnoses", "administrations", "ndc")
    said = {name: getattr(line, name) for name in columns}
    return _line({**said, "expected_payment": line.expected})
