"""Payers as data: what each one wants, since when, with which value and on whose word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Union

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
class Payer:
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
        demand = self.demand(key, day)
        if demand is None or demand.value is False or demand.value == "none":
            return None
        return demand.value

    @property
    def wanted(self) -> frozenset[str]:
        """The names of all demands that the payer, or one it follows, ever had."""
        inherited = self.follows.wanted if self.follows else frozenset()
        return inherited | {d.key for d in self.demands}
