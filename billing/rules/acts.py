"""The line for one act of giving: the words that the chapters on administration share."""

from __future__ import annotations

from collections.abc import Mapping

from billing.case import Case
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
