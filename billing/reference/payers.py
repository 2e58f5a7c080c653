"""Payers as data: what each one wants, since when, with which value and on whose word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Union

from injections.facts.once import Remembering, once

#: what a payer may answer to a demand: yes, a choice, a number, a list of codes, or a table from code to code
PayerValue = Union[bool, int, str, tuple[str, ...], Mapping[str, str]]  # noqa: UP007 - an alias for mypy on 3.11


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a payer wants, on some dates of service."""

    key: str
    value: PayerValue
    since: date | None = None
    until: date | None = None
    source: str = ""

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a payer wants on one day: the value of each demand, and the names of those it makes."""

    values: Mapping[str, PayerValue]
    wanted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Payer(Remembering):
    """A payer and everything it wants. ``follows`` is answered wherever the payer itself says nothing on the day."""

    key: str
    name: str
    kind: str
    demands: tuple[Demand, ...] = ()
    follows: Payer | None = None

    def demand(self, key: str, day: date) -> Demand | None:
        """The demand in force on that day: the payer's own before the one it follows."""
        own = next((d for d in self.demands if d.key == key and d.covers(day)), None)
        if own is not None or self.follows is None:
            return own
        return self.follows.demand(key, day)

    def wants(self, key: str, day: date) -> PayerValue | None:
        """The value of a demand, or ``None`` where the payer does not ask for it (``false`` and ``none`` say so)."""
        return self.on(day).values.get(key)

    def on(self, day: date) -> Terms:
        """Everything that the payer wants on that day, worked out once for all days between two changes."""
        kept, place = _terms(self), bisect_right(_turns(self), day)
        if place not in kept:
            demands = {key: self.demand(key, day) for key in self.wanted}
            asked = {k: d.value for k, d in demands.items() if d and d.value is not False and d.value != "none"}
            kept[place] = Terms(asked, frozenset(asked))
        return kept[place]

    @property
    def wanted(self) -> frozenset[str]:
        """The names of all demands that the payer, or one it follows, ever had."""
        inherited = self.follows.wanted if self.follows else frozenset()
        return inherited | {d.key for d in self.demands}


@once
def _turns(payer: Payer) -> tuple[date, ...]:
    """The days on which a demand of the payer, or of one it follows, begins or is over, in order."""
    return tuple(sorted(set(_changes(payer))))


def _changes(payer: Payer) -> Iterator[date]:
    for demand in payer.demands:
        if demand.since is not None:
            yield demand.since
        if demand.until is not None and demand.until < date.max:
            yield demand.until + timedelta(days=1)
    if payer.follows is not None:
        yield from _turns(payer.follows)


@once
def _terms(payer: Payer) -> dict[int, Terms]:
    """What was worked out so far, by the number of changes before the day."""
    return {}
