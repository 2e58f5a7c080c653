"""How many vials were opened, where a document says it or nobody counted."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from billing.units import Unclear, dose_given, in_dimension
from billing.visit_json.document import Node
from billing.visit_json.values import whole
from injections.facts import Administration


def with_opened(node: Node, dose: Administration) -> Administration:
    """The vials opened as stated; else one, or as many as the dose needs where we may take that for granted."""
    package = node.child("package")
    stated = package.get("opened", whole) if package else None
    if stated is None and not (node.assume and dose.package and dose.package.holds):
        return dose
    return replace(dose, opened=_needed(dose) if stated is None else stated)


def _needed(dose: Administration) -> int:
    held = dose.package.holds if dose.package else None
    amount = dose_given(dose)
    if amount is None or held is None or held.amount == 0:
        return 1
    same = in_dimension(amount, held, dose)
    return 1 if isinstance(same, Unclear) else max(1, ceil(same.over(held)))
