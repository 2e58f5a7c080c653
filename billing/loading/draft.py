"""A draft of a payer: a file in the shape of ``payers/*.toml``, laid over a reference that stays as it is.

It may say less than a payer file: name, kind and follows only for a payer that is new or changes them, and of the wants
only the ones that change. Each row speaks for its days; what stood there gives way, and what it does not name stays.
``value = false`` from a day on ends a demand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from billing.loading.payers import PayerError, frozen
from billing.reference import Reference
from billing.reference.demands import DEMANDS
from billing.reference.payers import Demand, Payer

_KEYS = {"key", "name", "kind", "follows", "wants"}
_ROW = {"demand", "value", "since", "until", "source"}
_DAY = timedelta(days=1)


class DraftError(ValueError):
    """A draft that cannot be understood, named with its place in the file."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One payer's changes. Empty words leave the payer's own."""

    key: str
    name: str = ""
    kind: str = ""
    follows: str = ""
    wants: tuple[Demand, ...] = ()

    def over(self, reference: Reference) -> Reference:
        """The reference with these changes, in the payer itself and in all that follow it.

        Where it knows neither the payer nor enough to make it, the payer is another practice's: nothing changes.
        """
        payers = reference.payers
        if (self.key not in payers and not self.kind) or (self.follows and self.follows not in payers):
            return reference
        new = {} if self.key in payers else {self.key: Payer(self.key, self.name or self.key, self.kind)}
        changed = {key: self._changed(payer, payers) for key, payer in {**payers, **new}.items()}
        return replace(reference, edition=f"{reference.edition}+draft", payers=changed)

    def _changed(self, payer: Payer, payers: Mapping[str, Payer]) -> Payer:
        mine = payer.key == self.key
        turned = mine and self.follows and not (payer.follows and payer.follows.key == self.follows)
        above = payers[self.follows] if turned else payer.follows
        follows = self._changed(above, payers) if above else None
        if not mine:
            return replace(payer, follows=follows)
        kept = tuple(rest for own in payer.demands for rest in self._rest(own))
        words = {"name": self.name or payer.name, "kind": self.kind or payer.kind}
        return replace(payer, **words, follows=follows, demands=(*kept, *self.wants))

    def _rest(self, own: Demand) -> tuple[Demand, ...]:
        """What is left of a demand beside the rows that take its days."""
        left: tuple[Demand, ...] = (own,)
        for row in self.wants:
            if row.key == own.key:
                left = tuple(part for piece in left for part in without(piece, row))
        return left


def without(demand: Demand, row: Demand) -> tuple[Demand, ...]:
    """The demand on the days that a row does not speak for."""
    if not _meet(demand, row):
        return (demand,)
    parts = []
    if row.since and (demand.since is None or demand.since < row.since):
        parts.append(replace(demand, until=row.since - _DAY))
    if row.until and (demand.until is None or demand.until > row.until):
        parts.append(replace(demand, since=row.until + _DAY))
    return tuple(parts)


def _meet(one: Demand, other: Demand) -> bool:
    earliest, latest = date.min, date.max
    return (one.since or earliest) <= (other.until or latest) and (other.since or earliest) <= (one.until or latest)


def read_draft(path: Path) -> Draft:
    """The draft in a file. Raises :class:`DraftError` with the path and the place when it is not one."""
    try:
        return draft_of(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as problem:
        raise DraftError(f"{path}: {problem.strerror}") from problem
    except (DraftError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise DraftError(f"{path}: {problem}") from problem


def draft_of(table: Mapping[str, Any]) -> Draft:
    """The draft that a table says."""
    strange = sorted(set(table) - _KEYS)
    if strange:
        raise DraftError(f"{', '.join(strange)} is not what a payer file says")
    words = {name: table.get(name, "") for name in ("key", "name", "kind", "follows")}
    for name, word in words.items():
        if not isinstance(word, str) or (name == "key" and not word):
            raise DraftError(f"{name}: a payer file has a word here")
    rows = table.get("wants", [])
    if not isinstance(rows, list):
        raise DraftError("wants: each stands under [[wants]]")
    wants = tuple(_demand(f"wants[{number}]", row) for number, row in enumerate(rows))
    for one, other in combinations(wants, 2):
        if one.key == other.key and _meet(one, other):
            raise DraftError(f"wants: {one.key} stands twice for the same days")
    return Draft(**words, wants=wants)


def _demand(place: str, row: Any) -> Demand:
    if not isinstance(row, Mapping) or set(row) - _ROW or not {"demand", "value"} <= set(row) or not row.get("source"):
        raise DraftError(f"{place}: a wants row needs demand, value and source, and knows since and until")
    if row["demand"] not in DEMANDS:
        raise DraftError(f"{place}.demand: {row['demand']!r} is nothing that rules ask for")
    since, until = (_day(f"{place}.{name}", row.get(name)) for name in ("since", "until"))
    if since and until and until < since:
        raise DraftError(f"{place}.until: stands before since")
    try:
        return Demand(row["demand"], frozen(row["value"]), since, until, str(row["source"]))
    except PayerError as problem:
        raise DraftError(f"{place}.value: {problem}") from problem


def _day(place: str, value: Any) -> date | None:
    if value is not None and type(value) is not date:
        raise DraftError(f"{place}: {value!r} is not a date such as 2026-01-01")
    return value
