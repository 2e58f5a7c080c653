"""Drafts: changes laid over a reference that itself stays as it is, to see what they would do. Pure.

A draft names only what changes. A row speaks for its days, ``since`` to ``until``, both included; what stood on those
days gives way, and everything else stays. ``ended = true`` (for a demand ``value = false``) ends what stood.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import reduce

from billing.draft.codings import CodingChange
from billing.draft.payers import PayerChange
from billing.draft.refusal import DraftError
from billing.draft.tables import TableChange
from billing.draft.view import renamed, with_rows
from billing.reference import Reference
from injections.facts import Administration, Encounter

__all__ = ["Draft", "DraftError"]


@dataclass(frozen=True, slots=True)
class Draft:
    """All that changes: payers' demands, drugs' codings, rows of the public tables."""

    payers: tuple[PayerChange, ...] = ()
    codings: tuple[CodingChange, ...] = ()
    tables: tuple[TableChange, ...] = ()

    def over(self, reference: Reference) -> Reference:
        """The reference with these changes."""
        after = reduce(lambda found, change: change.over(found), self.payers, reference)
        after = CodingChange.all_over(self.codings, after)
        after = with_rows(self.tables, after)
        return reference if after is reference else renamed(after, f"{reference.edition}+draft")

    def on_visit(self, visit: Encounter) -> Encounter:
        """The visit with the drugs as they would be: their codings stand in its facts, too."""
        if not self.codings:
            return visit
        return replace(visit, administrations=tuple(map(self._on_dose, visit.administrations)))

    def _on_dose(self, dose: Administration) -> Administration:
        if dose.product is None:
            return dose
        return replace(dose, product=reduce(lambda product, row: row.on(product), self.codings, dose.product))

    def refuse_unknown(self, *, payers: Collection[str], drugs: Collection[str]) -> None:
        """Raise :class:`DraftError` for a payer or a drug that nobody loaded."""
        new = {change.key for change in self.payers if change.name and change.kind}
        for place, key in self._payers_named():
            if key not in payers and key not in new:
                raise DraftError(place, f"{key} is no payer that is loaded; a new one needs name and kind")
        for row in self.codings:
            if row.drug not in drugs:
                raise DraftError(f"{row.place}.drug", f"{row.drug!r} is no drug of the formulary")

    def _payers_named(self) -> Iterator[tuple[str, str]]:
        for change in self.payers:
            yield change.at("key"), change.key
            if change.follows:
                yield change.at("follows"), change.follows
