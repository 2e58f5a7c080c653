"""What would move: two answers about one visit, compared line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

Ndc = tuple[tuple[str, str], ...]

#: under which a line is counted of which only the expected amount moves: no rule says another word
PRICE = "price"


@dataclass(frozen=True, slots=True)
class Line:
    """A claim line as far as money and the payer's eye go. ``expected`` is ``None`` where no price is known.

    ``key`` is the engine's name of the line within one answer; stored answers have none.
    """

    code: str
    units: int
    rule: str
    modifiers: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    administrations: tuple[str, ...] = ()
    ndc: Ndc = ()
    expected: Decimal | None = None
    key: str = ""

    @property
    def content(self) -> tuple[object, ...]:
        """What the rule that gives the line says of it."""
        return (self.code, self.units, self.diagnoses, self.ndc)

    @property
    def claimed(self) -> tuple[object, ...]:
        """What the payer reads."""
        return (*self.content, self.modifiers)

    @property
    def says(self) -> tuple[object, ...]:
        """What makes two lines the same; which rule gave it and in which words does not."""
        return (*self.claimed, self.expected)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer about a visit: its lines, and the rules that hold it up or leave something out."""

    payer: str
    lines: tuple[Line, ...] = ()
    holding: frozenset[str] = frozenset()
    leaving_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LineMove:
    """A line before and after; a new one has no before, one that goes no after.

    ``by`` is the rule whose words made it move, where both answers could be listened to.
    """

    before: Line | None
    after: Line | None
    by: str = ""

    @property
    def rule(self) -> str:
        """Under which the move is counted."""
        return self.by or (PRICE if self.price_only else self._any.rule)

    @property
    def price_only(self) -> bool:
        """Whether the payer would read the same and only the expected amount moves."""
        return bool(self.before and self.after and self.before.claimed == self.after.claimed)

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

    @property
    def counted(self) -> frozenset[str]:
        """The rules under which the visit is counted."""
        return frozenset({move.rule for move in self.lines} | {move.rule for move in self.rules})

    @property
    def dollars(self) -> Decimal:
        """How the expected amount moves, as far as prices are known."""
        return sum((move.dollars for move in self.lines if move.dollars is not None), Decimal(0))

    def put_down_to(self, causes: Callable[[LineMove], str]) -> Difference:
        """With the rule that made each line move."""
        return replace(self, lines=tuple(replace(move, by=causes(move)) for move in self.lines))


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
