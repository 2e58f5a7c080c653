"""The line for one act of giving, and the visit beside it: words that several chapters share."""

from __future__ import annotations

from collections.abc import Mapping

from billing.case import Case
from billing.codes import (
    ADMINISTRATION,
    MEDICARE_VACCINE_ADMINISTRATION,
    NURSE_VISIT,
    PREVENTIVE_VISITS,
    VACCINE_ADMINISTRATION,
    is_visit,
)
from billing.outcomes import Charge, Kind
from billing.sticks import Stick


def act(case: Case, stick: Stick, code: str, because: str, part: int = 0, units: int = 1) -> Charge:
    """The line for one act of giving."""
    return Charge(
        key=f"act:{stick.key}:{part}",
        code=code,
        units=units,
        kind=Kind.ADMINISTRATION,
        administrations=stick.ids,
        diagnoses=stick.diagnoses(case.encounter),
        because=because,
    )


def many(count: int, what: str) -> str:
    """ "1 vaccine", "2 vaccines"."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def overridden(case: Case, stick: Stick, code: str) -> str:
    """The code that this payer wants for the act of giving this drug, where it has a list of its own."""
    table = case.wants("administration-codes")
    if not isinstance(table, Mapping):
        return code
    codes = {c.code for d in stick.doses if d.product for c in d.product.codings_on(case.day)}
    return next((table[c] for c in sorted(codes) if c in table), code)


def acts_beside(case: Case, visit: str) -> tuple[str, ...]:
    """The acts that make a visit say that it stands for itself."""
    acts = [c for c in case.charges if c.kind in (Kind.ADMINISTRATION, Kind.SERVICE) and not is_visit(c.code)]
    return tuple(c.key for c in acts if _needs_25(case, visit, c.code))


def preventive_beside(case: Case, visit: str) -> tuple[str, ...]:
    """The preventive visits beside a visit for a problem, which then says that it stands for itself."""
    problem = visit not in PREVENTIVE_VISITS and visit != NURSE_VISIT
    return tuple(c.key for c in case.of(Kind.SERVICE) if problem and c.code in PREVENTIVE_VISITS)


def acts_elsewhere(case: Case, visit: str) -> tuple[str, ...]:
    """Acts of the day on another claim that make the visit say so."""
    return tuple(n.code for n in case.context.same_day if not is_visit(n.code) and _needs_25(case, visit, n.code))


def _needs_25(case: Case, visit: str, act: str) -> bool:
    if act in MEDICARE_VACCINE_ADMINISTRATION and visit != NURSE_VISIT:
        return case.wants("vaccine-administration") != "medicare"
    if visit in PREVENTIVE_VISITS and act not in VACCINE_ADMINISTRATION:
        return bool(case.wants("preventive-25")) or _paired(case, act, visit)
    return act in ADMINISTRATION or _paired(case, act, visit) or _is_procedure(act)


def _is_procedure(code: str) -> bool:
    return code.isdigit() and ("10004" <= code <= "69990")


def _paired(case: Case, act: str, visit: str) -> bool:
    edit = case.reference.pair(act, visit)
    return edit is not None and edit.modifier_allowed
