"""Counting what moves: by rule, by payer, and in all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from billing.replay import Difference, LineMove


@dataclass(frozen=True, slots=True)
class Tally:
    """How much moves under one rule, or for one payer. ``unpriced`` lines have an amount that nobody knows."""

    visits: int = 0
    lines: int = 0
    units: int = 0
    dollars: Decimal = Decimal(0)
    unpriced: int = 0

    @property
    def expected(self) -> Decimal | None:
        """How the expected amount moves; ``None`` where lines move and no price of any is known."""
        return None if self.lines and self.unpriced == self.lines else self.dollars

    def plus(self, moves: Iterable[LineMove]) -> Tally:
        """With one more visit, and what moves in it."""
        moves = tuple(moves)
        known = [move.dollars for move in moves if move.dollars is not None]
        return Tally(
            self.visits + 1,
            self.lines + len(moves),
            self.units + sum(move.units for move in moves),
            self.dollars + sum(known, Decimal(0)),
            self.unpriced + len(moves) - len(known),
        )

    def joined(self, other: Tally) -> Tally:
        """Of these visits and of others."""
        return Tally(
            self.visits + other.visits,
            self.lines + other.lines,
            self.units + other.units,
            self.dollars + other.dollars,
            self.unpriced + other.unpriced,
        )


@dataclass(slots=True)
class Totals:
    """The counts so far. Grows with the number of rules and payers, never with the number of visits."""

    unchanged: int = 0
    differ: int = 0
    #: visits whose stored review is missing or failed, so that there is nothing to compare with
    without_answer: int = 0
    #: visits about which the rules raised now
    failed: int = 0
    whole: Tally = field(default_factory=Tally)
    by_rule: dict[str, Tally] = field(default_factory=dict)
    by_payer: dict[str, Tally] = field(default_factory=dict)

    @property
    def visits(self) -> int:
        return self.unchanged + self.differ + self.without_answer + self.failed

    def count(self, difference: Difference | None) -> None:
        """Take in one compared visit."""
        if difference is None:
            self.unchanged += 1
            return
        self.differ += 1
        self.whole = self.whole.plus(difference.lines)
        payer, rules = difference.payer, difference.counted
        self.by_payer[payer] = self.by_payer.get(payer, Tally()).plus(difference.lines)
        for rule in rules:
            mine = (move for move in difference.lines if move.rule == rule)
            self.by_rule[rule] = self.by_rule.get(rule, Tally()).plus(mine)

    def add(self, other: Totals) -> None:
        """Take in the counts of other visits."""
        self.unchanged += other.unchanged
        self.differ += other.differ
        self.without_answer += other.without_answer
        self.failed += other.failed
        self.whole = self.whole.joined(other.whole)
        self.by_rule = _joined(self.by_rule, other.by_rule)
        self.by_payer = _joined(self.by_payer, other.by_payer)


def _joined(some: Mapping[str, Tally], others: Mapping[str, Tally]) -> dict[str, Tally]:
    return {name: some.get(name, Tally()).joined(others.get(name, Tally())) for name in {**some, **others}}
