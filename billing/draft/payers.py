"""What a payer would want: rows in the shape of ``payers/*.toml``, laid over a payer and all that follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import combinations
from typing import Any

from billing.draft.days import meet, without
from billing.draft.reading import Cells
from billing.draft.refusal import DraftError
from billing.loading.payers import PayerError, frozen
from billing.reference import Reference
from billing.reference.demands import DEMANDS
from billing.reference.payers import Demand, Payer


@dataclass(frozen=True, slots=True)
class PayerChange:
    """One payer's changes. Empty words leave the payer's own. ``place`` is where it stands in the draft."""

    key: str
    name: str = ""
    kind: str = ""
    follows: str = ""
    wants: tuple[Demand, ...] = ()
    place: str = ""

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def over(self, reference: Reference) -> Reference:
        """The reference with these changes.

        Where it knows neither the payer nor enough to make it, the payer is another practice's: nothing changes.
        """
        payers = reference.payers
        if (self.key not in payers and not self.kind) or (self.follows and self.follows not in payers):
            return reference
        new = {} if self.key in payers else {self.key: Payer(self.key, self.name or self.key, self.kind)}
        return replace(
            reference, payers={key: self._changed(payer, payers) for key, payer in {**payers, **new}.items()}
        )

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


def payer_change(cells: Cells) -> PayerChange:
    """The changes of one payer, as a table says them."""
    place = cells.place
    words = {name: cells.text(name, required=name == "key") for name in ("key", "name", "kind", "follows")}
    wants = tuple(map(_demand, cells.tables("wants")))
    cells.finish("known of a payer: key, name, kind, follows, and under [[payer.wants]] its demands")
    for one, other in combinations(wants, 2):
        if one.key == other.key and meet(one, other):
            raise DraftError(cells.at("wants"), f"{one.key} stands twice for the same days")
    return PayerChange(**words, wants=wants, place=place)


def _demand(cells: Cells) -> Demand:
    key, value = cells.text("demand", required=True), cells.anything("value")
    if key not in DEMANDS:
        near = get_close_matches(key, DEMANDS, n=2) or sorted(DEMANDS)
        raise DraftError(cells.at("demand"), f"{key!r} is no demand; there are {', '.join(near)}")
    since, until = cells.days()
    source = cells.text("source", required=True)
    cells.finish("known of a demand: demand, value, since, until, source")
    return Demand(key, _value(cells, value), since, until, source)


def _value(cells: Cells, value: Any) -> Any:
    try:
        return frozen(value)
    except PayerError as problem:
        raise DraftError(cells.at("value"), str(problem)) from problem
