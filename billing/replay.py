"""What would move: two answers about one visit, compared line by line and counted by rule and by payer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Ndc = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A claim line as far as money and the payer's eye go. ``expected`` is ``None`` where no price is known."""

    code: str
    units: int
    rule: str
    modifiers: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    administrations: tuple[str, ...] = ()
    ndc: Ndc = ()
    expected: Decimal | None = None

    @property
    def says(self) -> tuple[object, ...]:
        """What makes two lines the same; which rule gave it and in which words does not."""
        return (self.code, self.units, self.modifiers, self.diagnoses, self.ndc, self.expected)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer about a visit: its lines, and the rules that hold it up or leave something out."""

    payer: str
    lines: tuple[Line, ...] = ()
    holding: frozenset[str] = frozenset()
    leaving_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LineMove:
    """A line before and after; a new one has no before, one that goes no after."""

    before: Line | None
    after: Line | None

    @property
    def rule(self) -> str:
        return self._any.rule

    @property
    def _any(self) -> Line:
        line = self.after or self.before
        if line is None:
            raise ValueError("a move has a line before or after")
        return line

    @property
    def units(self) -> int:
        return _units(self.after) - _units(self.before)

    @property
    def dollars(self) -> Decimal | None:
        """How the expected amount moves; ``None`` where one of the two amounts is not known."""
        if self.before and self.after and self.before.expected is None and self.after.expected is None:
            same = (self.before.code, self.before.units) == (self.after.code, self.after.units)
            return Decimal(0) if same else None
        amounts = [Decimal(0) if line is None else line.expected for line in (self.before, self.after)]
        before, after = amounts
        return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class RuleMove:
    """A rule that begins, or ceases, to hold the claim up or to leave something out."""

    rule: str
    what: str
    begins: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """All that moves in one visit."""

    encounter: int
    day: date
    payer_before: str
    payer: str
    lines: tuple[LineMove, ...] = ()
    rules: tuple[RuleMove, ...] = ()


def compare(encounter: int, day: date, before: Answer, after: Answer) -> Difference | None:
    """What moves between two answers about a visit, or ``None`` where the claim stays as it is."""
    lines = tuple(_line_moves(before.lines, after.lines))
    rules = (
        *_rule_moves("holds the claim up", before.holding, after.holding),
        *_rule_moves("leaves out", before.leaving_out, after.leaving_out),
    )
    if not lines and not rules and before.payer == after.payer:
        return None
    return Difference(encounter, day, before.payer, after.payer, lines, rules)


def _line_moves(before: Iterable[Line], after: Iterable[Line]) -> Iterator[LineMove]:
    """Equal lines leave first; then what has the same doses and code, the same code, the same doses and rule."""
    gone, new = list(before), list(after)
    _paired(gone, new, lambda line: line.says)
    for likeness in (_doses_and_code, _code, _doses_and_rule):
        yield from (LineMove(*pair) for pair in _paired(gone, new, likeness))
    yield from (LineMove(line, None) for line in gone)
    yield from (LineMove(None, line) for line in new)


def _doses_and_code(line: Line) -> tuple[object, ...]:
    return (line.administrations, line.code)


def _code(line: Line) -> str:
    return line.code


def _doses_and_rule(line: Line) -> tuple[object, ...]:
    return (line.administrations, line.rule)


def _paired(gone: list[Line], new: list[Line], likeness: Callable[[Line], object]) -> list[tuple[Line, Line]]:
    """Take the lines that are alike from both lists, each once."""
    pairs = []
    for line in tuple(gone):
        other = next((n for n in new if likeness(n) == likeness(line)), None)
        if other is not None:
            gone.remove(line)
            new.remove(other)
            pairs.append((line, other))
    return pairs


def _rule_moves(what: str, before: frozenset[str], after: frozenset[str]) -> Iterator[RuleMove]:
    yield from (RuleMove(rule, what, begins=True) for rule in sorted(after - before))
    yield from (RuleMove(rule, what, begins=False) for rule in sorted(before - after))


def _units(line: Line | None) -> int:
    return line.units if line else 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How much moves under one rule, or for one payer. ``unpriced`` lines have an amount that nobody knows."""

    visits: int = 0
    lines: int = 0
    units: int = 0
    dollars: Decimal = Decimal(0)
    unpriced: int = 0

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
    by_rule: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_payer: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def count(self, difference: Difference | None) -> None:
        """Take in one compared visit."""
        if difference is None:
            self.unchanged += 1
            return
        self.differ += 1
        self.whole = self.whole.plus(difference.lines)
        self.by_payer[difference.payer] = self.by_payer[difference.payer].plus(difference.lines)
        rules = {move.rule for move in difference.lines} | {move.rule for move in difference.rules}
        for rule in rules:
            mine = (move for move in difference.lines if move.rule == rule)
            self.by_rule[rule] = self.by_rule[rule].plus(mine)
