"""Scope of practice: what state boards say against a credential giving a drug by a route. It warns, never decides."""

from __future__ import annotations

from dataclasses import dataclass

NEW_YORK = "New York State Education Department: medical assistants are unlicensed for injections (recheck)"
ASSISTANTS = "most states keep intravenous drugs from medical assistants (recheck the state)"
PRACTICAL_NURSES = "many states limit intravenous pushes by practical nurses (recheck the state)"


@dataclass(frozen=True, slots=True)
class Scope:
    """``forbidden`` is ``False`` where nobody has looked the state up: then it is a question. ``*`` is any state."""

    state: str
    credentials: frozenset[str]
    routes: frozenset[str]
    forbidden: bool
    source: str


_ASSISTANTS = frozenset({"MA", "CMA", "RMA", "CCMA"})
SCOPES = (
    Scope("NY", _ASSISTANTS, frozenset({"IM", "SC", "ID", "IV-push", "IV-infusion"}), True, NEW_YORK),
    Scope("*", _ASSISTANTS, frozenset({"IV-push", "IV-infusion"}), False, ASSISTANTS),
    Scope("*", frozenset({"LPN", "LVN"}), frozenset({"IV-push"}), False, PRACTICAL_NURSES),
)


def scope_of(state: str | None, credential: str, route: str | None) -> Scope | None:
    """What is known to speak against it; the state's own word first."""
    rows = [s for s in SCOPES if credential in s.credentials and route in s.routes]
    own = [s for s in rows if s.state == (state or "").upper()]
    return next(iter(own + [s for s in rows if s.state == "*"]), None)
