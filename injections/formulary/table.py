"""One table of a product file, read key by key: what nobody has asked for by the end is an error.

Amounts are text such as ``"1000 mcg"`` and days are TOML dates. A float never enters: 0.1 in TOML is not 0.1.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from injections.quantity import Quantity, QuantityError


class FormularyError(ValueError):
    """A product file says something that cannot be right. The message names the file and the key."""


class Table:
    """The keys of one TOML table. ``where`` says which one in an error: ``ketorolac.toml: coding 1``."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.where = where
        self._left = dict(values)

    def text(self, key: str, *, required: bool = False) -> str:
        value = self._take(key, str, required=required)
        if value is not None and not value.strip():
            raise self.error(key, "is empty: leave the key out instead")
        return value or ""

    def word(self, key: str, allowed: Iterable[str], default: str = "") -> str:
        return self._known(key, self.text(key) or default, allowed)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._take(key, list) or []
        if any(not isinstance(value, str) or not value.strip() for value in values):
            raise self.error(key, "is not a list of texts")
        if len(set(values)) != len(values):
            raise self.error(key, "says the same thing twice")
        return tuple(values)

    def words(self, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._known(key, value, allowed) for value in self.texts(key))

    def flag(self, key: str) -> bool | None:
        value: bool | None = self._take(key, bool)
        return value

    def count(self, key: str) -> int | None:
        value = self._take(key, int)
        if value is not None and (isinstance(value, bool) or value < 0):
            raise self.error(key, "is not a whole number of zero or more")
        return value

    def counts(self, key: str) -> tuple[int, ...]:
        values = self._take(key, list) or []
        if any(isinstance(value, bool) or not isinstance(value, int) or value < 1 for value in values):
            raise self.error(key, "is not a list of whole numbers above zero")
        return tuple(values)

    def day(self, key: str, *, required: bool = False) -> datetime.date | None:
        value: datetime.date | None = self._take(key, datetime.date, required=required)
        if isinstance(value, datetime.datetime):
            raise self.error(key, "is a time, not a day")
        return value

    def amount(self, key: str, *, required: bool = False) -> Quantity | None:
        text = self.text(key, required=required)
        return self._amount(key, text) if text else None

    def amounts(self, key: str) -> tuple[Quantity, ...]:
        return tuple(self._amount(key, text) for text in self.texts(key))

    def _amount(self, key: str, text: str) -> Quantity:
        try:
            amount = Quantity.parse(text)
        except QuantityError as problem:
            raise self.error(key, str(problem)) from problem
        if amount.amount == 0:
            raise self.error(key, "is zero")
        return amount

    def tables(self, key: str) -> tuple[Table, ...]:
        """The ``[[key]]`` tables, in the order of the file."""
        values = self._take(key, list) or []
        if any(not isinstance(value, dict) for value in values):
            raise self.error(key, "is not written as [[tables]]")
        return tuple(Table(value, f"{self.where}: {key} {n}") for n, value in enumerate(values, 1))

    def finish(self) -> None:
        """Raises :class:`FormularyError` for every key that nobody asked for."""
        if self._left:
            raise self.error(", ".join(sorted(self._left)), "is not a key of this table")

    def error(self, key: str, problem: str) -> FormularyError:
        return FormularyError(f"{self.where}: {key} {problem}")

    def _known(self, key: str, value: str, allowed: Iterable[str]) -> str:
        if value not in allowed:
            raise self.error(key, f'does not know "{value}"')
        return value

    def _take(self, key: str, kind: type, *, required: bool = False) -> Any:
        value = self._left.pop(key, None)
        if value is None:
            if required:
                raise self.error(key, "is missing")
            return None
        if not isinstance(value, kind):
            raise self.error(key, f"is {value!r}, which is not a {kind.__name__}")
        return value
