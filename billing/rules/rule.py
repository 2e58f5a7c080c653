"""How a rule is written: one function, one decorator, and its name is its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from inspect import cleandoc
from typing import TYPE_CHECKING

from billing.outcomes import Outcome

if TYPE_CHECKING:
    from billing.case import Case

Says = Callable[["Case"], Iterable[Outcome]]


class Stage(IntEnum):
    """When a rule speaks: what there is to bill, how it must look, what is plainly not there, what is still wrong."""

    DERIVE = 1
    ADJUST = 2
    EXPLAIN = 3
    CHECK = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """One piece of billing reasoning.

    ``wants`` names the payer's demand without which the rule is silent; ``applies`` are traits of a case (a drug class,
    ``route:IM``, ``services``) of which one must be there: a shortcut, never a condition.
    """

    name: str
    says: Says
    stage: Stage
    wants: str | None = None
    applies: frozenset[str] = frozenset()
    cites: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def title(self) -> str:
        return cleandoc(self.says.__doc__ or "").split("\n", 1)[0]

    @property
    def why(self) -> str:
        return cleandoc(self.says.__doc__ or "").partition("\n")[2].strip()

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def is_asked(self, day: date, wanted: frozenset[str]) -> bool:
        """Whether the rule is in force on the day and the payer makes the demand that it is about."""
        return self.covers(day) and (self.wants is None or self.wants in wanted)

    def concerns(self, traits: frozenset[str]) -> bool:
        """Whether the rule could have anything to say about a case with these traits."""
        return not self.applies or not self.applies.isdisjoint(traits)


def diagnosed(*beginnings: str) -> tuple[str, ...]:
    """The traits of a case whose diagnoses begin so: with a chapter's letter, or with three characters and more."""
    return tuple(dict.fromkeys(f"diagnosis:{beginning[:3]}" for beginning in beginnings))


_written: list[Rule] = []


def rule(
    *,
    stage: Stage,
    wants: str | None = None,
    applies: Iterable[str] = (),
    cites: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Callable[[Says], Says]:
    """Enter a function in the rulebook under ``chapter.function``."""

    def enter(says: Says) -> Says:
        name = f"{says.__module__.rpartition('.')[2]}.{says.__name__}"
        _written.append(Rule(name, says, stage, wants, frozenset(applies), cites, since, until))
        return says

    return enter


def written() -> tuple[Rule, ...]:
    """Every rule of the chapters that have been opened, in the order of their writing."""
    return tuple(_written)
