"""Scope of practice: what is known of a state, a credential, a drug class and a route. It warns, never decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from billing.reference.scope_rows import ANY, ROWS


class Verdict(StrEnum):
    """What a state says; ``UNKNOWN`` is an answer too: nobody has looked it up."""

    ALLOWED = "lets"
    TRAINED = "lets, after training,"
    QUESTION = "may not let"
    FORBIDDEN = "does not let"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scope:
    """One row: ``*`` is any state; no classes, any drug. ``source`` says who says so."""

    state: str
    credentials: frozenset[str]
    routes: frozenset[str]
    verdict: Verdict
    source: str
    classes: frozenset[str] = frozenset()

    def speaks_of(self, credential: str, route: str, classes: frozenset[str]) -> bool:
        fits = not self.classes or bool(self.classes & classes)
        return credential in self.credentials and bool(self.routes & {route, ANY}) and fits


SCOPES = tuple(
    Scope(
        row["state"],
        frozenset(row["credentials"].split()),
        frozenset(row["routes"].split()),
        Verdict[row["verdict"]],
        row["source"],
        frozenset(row.get("classes", "").split()),
    )
    for row in ROWS
)
NOT_LOOKED_UP = Scope("?", frozenset(), frozenset(), Verdict.UNKNOWN, "no state board was looked up (confirm)")


@lru_cache(maxsize=4096)
def scope_of(
    state: str | None, credential: str, route: str | None, classes: frozenset[str] = frozenset()
) -> Scope | None:
    """What is known: the state's own word first, a row for the drug's class before one for any drug.

    ``None`` where the route is not known; where no row speaks, the answer is that nobody knows.
    """
    if route is None:
        return None
    rows = [s for s in SCOPES if s.speaks_of(credential, route, classes)]
    own = [s for s in rows if s.state == (state or "").strip().upper()]
    ranked = sorted(own, key=lambda s: not s.classes) + sorted(
        (s for s in rows if s.state == "*"), key=lambda s: not s.classes
    )
    return next(iter(ranked), NOT_LOOKED_UP)


@lru_cache(maxsize=4096)
def most_lenient(
    state: str | None, credentials: frozenset[str], route: str | None, classes: frozenset[str] = frozenset()
) -> Scope | None:
    """The most lenient row: whoever holds two credentials may use either. ``None`` where none or no route is known."""
    found = [scope_of(state, credential, route, classes) for credential in sorted(credentials)]
    return min(filter(None, found), key=lambda row: _ORDER.index(row.verdict), default=None)


_ORDER = tuple(Verdict)
