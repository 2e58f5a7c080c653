"""States in which an order for nobody in particular covers only some drugs. Each row is to be looked up anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class StateLimit(NamedTuple):
    """The classes and names of drugs that the state leaves to such an order, and who says so."""

    covered: frozenset[str]
    source: str


STATES: dict[str, StateLimit] = {
    "NY": StateLimit(
        frozenset({"vaccine", "skin-test", "epinephrine", "naloxone"}),
        "NY Education Law 6909 and 6527: immunizations, tuberculin tests, anaphylaxis and overdose only (recheck)",
    ),
}


def limit_of(state: str | None) -> StateLimit | None:
    """What the state says of such orders at all; ``None`` where no row of it is on file."""
    return STATES.get((state or "").strip().upper())


def not_covered(state: str | None, classes: Iterable[str], name: str) -> str:
    """Who says that the state wants an order for each patient for this drug; empty where nobody does."""
    limit = limit_of(state)
    if limit is None or limit.covered & {*classes, *name.casefold().split()}:
        return ""
    return limit.source
