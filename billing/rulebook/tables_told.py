"""What the tables of the day say of a visit's drug lines, for rules that hear a table and not the chart."""

from __future__ import annotations

from billing.case import Case
from billing.outcomes import Kind


def tables(case: Case) -> dict[str, str]:
    """Label to text; nothing where no table says anything."""
    drugs = case.of(Kind.DRUG)
    answers = {charge.code: case.reference.in_force(charge.code) for charge in drugs}
    listed = [f"{code} {_in_force(case, code, holds)}" for code, holds in answers.items() if holds is not None]
    packages = frozenset(charge.ndc.code for charge in drugs if charge.ndc)
    paired = case.reference.crosswalk(packages)
    told = {"In CMS's list of codes": "; ".join(listed), "CMS pairs the package with": ", ".join(paired)}
    return {label: text for label, text in told.items() if text}


def _in_force(case: Case, code: str, holds: bool) -> str:
    if holds:
        return "is in force"
    return "has ended" if case.reference.replacement(code) else "has not begun"
