"""What a file would do, line by line: shown first, done afterwards, and compared in between."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What becomes of a line."""

    REFUSED = "refused"
    ADD = "add"
    CHANGE = "change"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the file: whom it is about, what it does, and why not or what to know."""

    line: int
    kind: Kind
    who: str
    details: tuple[str, ...] = ()
    note: str = ""
    row: Any = None
    subject: Any = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps. It can be carried out only as a whole, and only when no line is refused."""

    steps: tuple[Step, ...] = ()

    @property
    def counts(self) -> Counter[Kind]:
        return Counter(step.kind for step in self.steps)

    @property
    def refused(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind is Kind.REFUSED)

    @property
    def acts(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind in (Kind.ADD, Kind.CHANGE))

    @property
    def digest(self) -> str:
        """The same for the same plan: shows whether it is still the one that was looked at."""
        return _digest((step.line, step.kind, step.who, step.details, step.note) for step in self.steps)


def _digest(parts: Iterable[tuple[object, ...]]) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()[:32]
