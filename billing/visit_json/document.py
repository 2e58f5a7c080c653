"""A document from outside, read with its place in hand: every refusal names the field by its path."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from injections.facts import ASSUMED, Stated, Unobtainable
from injections.quantity import Dimension, Quantity, QuantityError

T = TypeVar("T")
Parse = Callable[[Any, str], T]


class VisitError(ValueError):
    """The document is not a visit: where, and why."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}" if path else why)
        self.path, self.why = path, why


@dataclass(slots=True)
class Node:
    """One object of the document. Every name that is asked for counts as understood; the rest is told back."""

    values: Mapping[str, Any]
    path: str = ""
    assume: bool = False
    zone: tzinfo = UTC
    asked: set[str] = field(default_factory=set)
    children: list[Node] = field(default_factory=list)

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def has(self, name: str) -> bool:
        self.asked.add(name)
        return name in self.values

    def raw(self, name: str) -> Any:
        self.asked.add(name)
        return self.values.get(name)

    def ignored(self) -> Iterator[str]:
        """The paths of names that nothing asked for."""
        yield from (self.at(name) for name in self.values if name not in self.asked)
        for child in self.children:
            yield from child.ignored()

    # --- one value, or None ---

    def get(self, name: str, parse: Parse[T]) -> T | None:
        value = self.raw(name)
        if value is None or _unobtainable(value) is not None:
            return None
        return parse(value, self.at(name))

    def stated(self, name: str, parse: Parse[T]) -> Stated[T]:
        """A documentation fact: its value, why it cannot be had, not charted, or taken for granted."""
        if not self.has(name):
            return ASSUMED if self.assume else None
        value = self.values[name]
        if value is None:
            return None
        return _unobtainable(value) or parse(value, self.at(name))

    def need(self, name: str, parse: Parse[T]) -> T:
        if self.raw(name) is None:
            raise VisitError(self.at(name), "is missing")
        return parse(self.values[name], self.at(name))

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.get(name, boolean)
        return default if value is None else value

    # --- what is inside ---

    def child(self, name: str) -> Node | None:
        value, path = self.raw(name), self.at(name)
        known = next((c for c in self.children if c.path == path), None)
        return known or (None if value is None else self.node(value, path))

    def node(self, value: Any, path: str) -> Node:
        if not isinstance(value, Mapping):
            raise VisitError(path, f"{_shown(value)} is not an object")
        child = Node(value, path, self.assume, self.zone)
        self.children.append(child)
        return child

    def nodes(self, name: str) -> list[Node]:
        return [self.node(value, f"{self.at(name)}[{n}]") for n, value in enumerate(self._list(name))]

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(text(value, f"{self.at(name)}[{n}]") for n, value in enumerate(self._list(name)))

    def _list(self, name: str) -> Sequence[Any]:
        value = self.raw(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise VisitError(self.at(name), f"{_shown(value)} is not a list")
        return value

    def moment(self, value: Any, path: str) -> datetime:
        """A date with a clock time; without a zone it is the practice's own."""
        written = text(value, path)
        try:
            date.fromisoformat(written)
        except ValueError:
            pass
        else:
            raise VisitError(path, f'"{written}" has no clock time (2026-10-06T09:21)')
        try:
            read = datetime.fromisoformat(written)
        except ValueError:
            raise VisitError(path, f'"{written}" is not a date with a time (2026-10-06T09:21)') from None
        return read if read.tzinfo else read.replace(tzinfo=self.zone)


# --- single values ---------------------------------------------------------------------------------------------------


def text(value: Any, path: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise VisitError(path, f"{_shown(value)} is not text")
    return str(value).strip()


def boolean(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise VisitError(path, f"{_shown(value)} is not true or false")
    return value


def whole(value: Any, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise VisitError(path, f"{_shown(value)} is not a whole number")
    return value


def number(value: Any, path: str) -> Decimal:
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise InvalidOperation
        read = Decimal(str(value).strip())
    except InvalidOperation:
        raise VisitError(path, f"{_shown(value)} is not a number") from None
    if not read.is_finite():
        raise VisitError(path, f"{_shown(value)} is not a number")
    return read


def amount(value: Any, path: str) -> Quantity:
    written = text(value, path)
    try:
        return Quantity.parse(written)
    except QuantityError:
        together = _of_a_pair(written)
        if together is None:
            raise VisitError(path, f"{_shown(value)} is not an amount with a unit") from None
        return together


def _of_a_pair(written: str) -> Quantity | None:
    """A pair of drugs that is given as one, counted as its code counts it.

    Two like halves are their sum ("3 mg/3 mg" of betamethasone); of unlike ones the first names the pair: "600
    mg/900 mg" of cabotegravir and rilpivirine, "40 mg/20 mg" of a steroid with something numbing.
    """
    try:
        parts = [Quantity.parse(part) for part in re.split(r"\s*(?:/|\+|&|\band\b)\s*", written)]
    except QuantityError:
        return None
    if len(parts) != 2 or parts[0].dimension is not parts[1].dimension or not all(p.amount for p in parts):
        return None
    if parts[0].dimension not in (Dimension.MASS, Dimension.ACTIVITY):
        return None
    return parts[0].times(2) if parts[0] == parts[1] else parts[0]


def liquid(value: Any, path: str) -> Quantity:
    read = amount(value, path)
    if read.dimension is not Dimension.VOLUME:
        raise VisitError(path, f"{_shown(value)} is not a volume")
    return read


def day(value: Any, path: str) -> date:
    written = text(value, path)
    try:
        return date.fromisoformat(written[:10]) if "T" in written else date.fromisoformat(written)
    except ValueError:
        raise VisitError(path, f'"{written}" is not a date (2026-10-06)') from None


def expiry(value: Any, path: str) -> date:
    """A day, or the month that a label names: the drug is then good through its last day."""
    named = re.fullmatch(r"(?:(?P<y>\d{4})-(?P<m>\d{2})|(?P<m2>\d{2})/(?P<y2>\d{4}))", text(value, path))
    if named is None:
        return day(value, path)
    year, month = int(named["y"] or named["y2"]), int(named["m"] or named["m2"])
    if year < 1 or not 1 <= month <= 12:
        return day(value, path)
    return date(year, month, monthrange(year, month)[1])


def one_of(*words: str, synonyms: Mapping[str, str] | None = None) -> Parse[str]:
    """A word of a fixed list, in any case."""

    def parse(value: Any, path: str) -> str:
        written = text(value, path).casefold().replace("_", "-").replace(" ", "-")
        word = (synonyms or {}).get(written, written)
        if word not in words:
            raise VisitError(path, f"{_shown(value)} is not one of {', '.join(words)}")
        return word

    return parse


def _unobtainable(value: Any) -> Unobtainable | None:
    if isinstance(value, Mapping) and set(value) == {"unobtainable"}:
        return Unobtainable(str(value["unobtainable"]))
    return None


def _shown(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
