"""Which rules are asked about a case: those in force whose demand the payer makes and whose traits the case has.

Visits look alike, so a choice is kept. It follows from the day, the payer's demands and the traits alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias

from billing.case import Case
from billing.rules.rule import Rule, Stage

#: the rules to ask, stage by stage
Chosen: TypeAlias = tuple[tuple[Rule, ...], ...]

#: choices that are kept: more kinds of visits than a clinic sees in a week
KEPT = 4096


class Choice:
    """The rules of one rulebook, ready to be chosen from."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._words = frozenset(word for rule in self.rules for word in rule.applies)
        self._turns = sorted({day for rule in self.rules for day in _turns(rule)})
        self._kept: dict[tuple[int, frozenset[str], frozenset[str]], Chosen] = {}

    def for_case(self, case: Case) -> Chosen:
        """The rules that could have anything to say about the case."""
        key = (bisect_right(self._turns, case.day), case.terms.wanted, case.traits & self._words)
        chosen = self._kept.get(key)
        if chosen is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            chosen = self._kept[key] = _by_stage(r for r in self.in_force(case) if r.concerns(case.traits))
        return chosen

    def all_for_case(self, case: Case) -> Chosen:
        """The same without the shortcut by traits."""
        return _by_stage(self.in_force(case))

    def in_force(self, case: Case) -> Iterable[Rule]:
        return (rule for rule in self.rules if rule.is_asked(case.day, case.terms.wanted))


def _turns(rule: Rule) -> Iterable[date]:
    """The days on which a rule begins or is over."""
    return filter(None, (rule.since, rule.until + timedelta(days=1) if rule.until else None))


def _by_stage(rules: Iterable[Rule]) -> Chosen:
    chosen = tuple(rules)
    return tuple(tuple(rule for rule in chosen if rule.stage is stage) for stage in Stage)
