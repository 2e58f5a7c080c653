"""Demands as the pages show them: one with its payers, or one payer's in the order in which they matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.reference.payers import Payer
from billing.rulebook.demanded import Wanted, wanted_by, who_wants
from billing.rulebook.reading import meaning


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand with the rows of every payer that has ever said anything about it."""

    key: str
    means: str
    rows: tuple[Wanted, ...]
    others: tuple[Payer, ...]

    @property
    def shared(self) -> list[Shared]:
        """The rows, each once with everybody who takes it over."""
        return [Shared(row, self._heirs(row)) for row in self.rows if row not in self._taken_over]

    @property
    def _taken_over(self) -> list[Wanted]:
        return [row for row in self.rows if any(_takes(row, other) for other in self.rows)]

    def _heirs(self, row: Wanted) -> tuple[Payer, ...]:
        return tuple(other.payer for other in self.rows if _takes(other, row))


@dataclass(frozen=True, slots=True)
class Shared:
    """A row of a payer, and those who take over exactly this from it."""

    row: Wanted
    heirs: tuple[Payer, ...]


def _takes(heir: Wanted, row: Wanted) -> bool:
    """Whether the one row is the other, taken over."""
    if heir.heir_of is None or row.heir_of is not None:
        return False
    return heir.heir_of.key == row.payer.key and heir.demand == row.demand


def asked(key: str, payers: Iterable[Payer], day: date) -> Asked:
    rows = who_wants(key, payers, day)
    spoken = {row.payer.key for row in rows}
    return Asked(key, meaning(key), rows, tuple(p for p in payers if p.key not in spoken))


def now(payer: Payer, day: date) -> list[Wanted]:
    """What the payer wants on the day."""
    return [row for row in wanted_by(payer, day) if row.in_force and not row.refused]


def sorted_rows(payer: Payer, day: date) -> dict[str, Any]:
    """What it wants by its own word, what it takes over, what it says it does not want, and what is over or to come."""
    rows = wanted_by(payer, day)
    wanted = now(payer, day)
    return {
        "own": [row for row in wanted if row.heir_of is None],
        "inherited": [row for row in wanted if row.heir_of is not None],
        "refused": [row for row in rows if row.in_force and row.refused],
        "other_days": [row for row in rows if not row.in_force],
    }
