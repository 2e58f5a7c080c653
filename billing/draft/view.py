"""A reference in which some rows of the public tables are others: asked about those, the draft answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from billing.draft.tables import TableChange
from billing.reference import Reference, View
from billing.reference.tables import PairEdit, Price, Replacement, UnitLimit


class DraftedReference(Reference):
    """What it says of any other row is what the reference below says."""

    __slots__ = ("changes",)
    changes: dict[tuple[str, Any], tuple[TableChange, ...]]

    def on(self, day: date) -> View:
        return DraftedView(self, day)


class DraftedView(View):
    """One day of it."""

    __slots__ = ()

    def drafted(self, table: str, key: object) -> TableChange | None:
        """The draft's row of that key for the day, if it has one."""
        whole: Any = self.whole
        return next((row for row in whole.changes.get((table, key), ()) if row.covers(self.day)), None)

    def pair(self, column1: str, column2: str) -> PairEdit | None:
        change = self.drafted("pairs", (column1, column2))
        found: PairEdit | None = change.row if change else super().pair(column1, column2)
        return found

    def limit(self, code: str) -> UnitLimit | None:
        change = self.drafted("limits", code)
        found: UnitLimit | None = change.row if change else super().limit(code)
        return found

    def replacement(self, code: str) -> Replacement | None:
        change = self.drafted("replacements", code)
        if change is None:
            return super().replacement(code)
        found: Replacement | None = change.row
        return found if found is not None and found.until < self.day else None

    def diagnosis(self, code: str) -> bool | None:
        change = self.drafted("diagnoses", code)
        found: bool | None = change.row if change else super().diagnosis(code)
        return found

    def price(self, code: str) -> Price | None:
        change = self.drafted("prices", code)
        found: Price | None = change.row if change else super().price(code)
        return found

    def drug_price(self, code: str) -> Price | None:
        change = self.drafted("prices", code)
        found: Price | None = change.row if change else super().drug_price(code)
        return found

    def fee(self, code: str, *, facility: bool = False, locality: str | None = None) -> Price | None:
        change = self.drafted("prices", code)
        found: Price | None = change.row if change else super().fee(code, facility=facility, locality=locality)
        return found


def with_rows(changes: Sequence[TableChange], reference: Reference) -> Reference:
    """The reference with these rows in place of its own."""
    if not changes:
        return reference
    made = DraftedReference(**_content(reference))
    by_row: dict[tuple[str, Any], tuple[TableChange, ...]] = {}
    for change in changes:
        place = (change.table, change.key)
        by_row[place] = (*by_row.get(place, ()), change)
    object.__setattr__(made, "changes", by_row)
    return made


def renamed(reference: Reference, edition: str) -> Reference:
    """The same under the name of another edition."""
    if not isinstance(reference, DraftedReference):
        return replace(reference, edition=edition)
    made = DraftedReference(**{**_content(reference), "edition": edition})
    object.__setattr__(made, "changes", reference.changes)
    return made


def _content(reference: Reference) -> dict[str, Any]:
    return {field.name: getattr(reference, field.name) for field in fields(reference) if field.init}
