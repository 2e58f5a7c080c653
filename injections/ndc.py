"""The NDC as claims want it: eleven digits, never by a guess."""

from __future__ import annotations

from injections.formulary.ndc import billing_forms


def to_11(ndc: str) -> str | None:
    """The eleven digits of an NDC, padded where its hyphens say; ``None`` where ten bare digits leave it open: ask."""
    forms = billing_forms(ndc)
    return next(iter(forms)) if len(forms) == 1 else None


def candidates(ndc: str) -> tuple[str, ...]:
    """Every eleven-digit number that the text may stand for, sorted; empty when it is no NDC."""
    return tuple(sorted(billing_forms(ndc)))


def hyphenated(ndc11: str) -> str:
    """Eleven digits as 5-4-2."""
    return f"{ndc11[:5]}-{ndc11[5:9]}-{ndc11[9:]}"


def same_ndc(one: str, other: str) -> bool:
    """Whether two written NDCs can be one and the same package."""
    return not billing_forms(one).isdisjoint(billing_forms(other))


def labelers(ndc: str) -> frozenset[str]:
    """The five digits of whoever may have labeled it; several where ten bare digits leave it open, none for no NDC."""
    return frozenset(form[:5] for form in billing_forms(ndc))
