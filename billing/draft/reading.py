"""One table of a draft, read cell by cell: what nobody has asked for by the end is an error with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from billing.draft.refusal import DraftError
from injections.quantity import Quantity, QuantityError

_LARGEST = Decimal(10**7)


class Cells:
    """The cells of one table. ``place`` is where it stands: ``payer[1].wants[0]``; the file itself has none."""

    def __init__(self, table: Any, place: str) -> None:
        if not isinstance(table, Mapping):
            raise DraftError(place, "is no table")
        self.place = place
        self._left = dict(table)

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def has(self, name: str) -> bool:
        return name in self._left

    def text(self, name: str, *, required: bool = False) -> str:
        value = self._left.pop(name, None)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            raise DraftError(self.at(name), "is missing" if value is None else "must be words in quotation marks")
        return value.strip()

    def anything(self, name: str) -> Any:
        if name not in self._left:
            raise DraftError(self.at(name), "is missing")
        return self._left.pop(name)

    def flag(self, name: str) -> bool:
        value = self._left.pop(name, False)
        if not isinstance(value, bool):
            raise DraftError(self.at(name), "is true or false")
        return value

    def count(self, name: str) -> int:
        value = self.anything(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _LARGEST:
            raise DraftError(self.at(name), f"{value!r} is not a whole number of zero or more")
        return value

    def money(self, name: str) -> Decimal:
        """Dollars as text, or whole: 0.1 in TOML is not 0.1."""
        value = self.anything(name)
        try:
            amount = Decimal(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
        except InvalidOperation:
            amount = None
        if amount is None or not amount.is_finite() or not 0 <= amount < _LARGEST:
            raise DraftError(self.at(name), f'{value!r} is not an amount in quotation marks, such as "12.345"')
        return amount

    def amount(self, name: str) -> Quantity | None:
        text = self.text(name)
        try:
            found = Quantity.parse(text) if text else None
        except QuantityError as problem:
            raise DraftError(self.at(name), str(problem)) from problem
        if found is not None and found.amount == 0:
            raise DraftError(self.at(name), "is zero")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._left.pop(name, [])
        if not isinstance(values, list) or any(not isinstance(value, str) for value in values):
            raise DraftError(self.at(name), "is not a list of words")
        return tuple(values)

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self._left.pop(name, None)
        if value is None and required:
            raise DraftError(self.at(name), "is missing")
        if value is not None and type(value) is not date:
            raise DraftError(self.at(name), f"{value!r} is not a date such as 2026-01-01")
        return value

    def days(self) -> tuple[date | None, date | None]:
        since, until = self.day("since"), self.day("until")
        if since and until and until < since:
            raise DraftError(self.at("until"), "stands before since")
        return since, until

    def tables(self, name: str) -> list[Cells]:
        rows = self._left.pop(name, [])
        if not isinstance(rows, list):
            raise DraftError(self.at(name), f"each stands under [[{self.at(name)}]]")
        return [Cells(row, f"{self.at(name)}[{number}]") for number, row in enumerate(rows)]

    def finish(self, what: str) -> None:
        """Raise for every cell that nobody asked for."""
        if self._left:
            strange = min(map(str, self._left))
            raise DraftError(self.at(strange), f"is not {what}")
