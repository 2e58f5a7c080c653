"""A document from outside, read with its place in hand: every refusal names the field by its path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any, TypeVar

from billing.visit_json import days
from billing.visit_json.values import Parse, VisitError, boolean, is_nothing, shown, text, unobtainable
from injections.facts import ASSUMED, Stated

T = TypeVar("T")


@dataclass(slots=True)
class Node:
    """One object of the document. Every name that is asked for counts as understood; the rest is told back."""

    values: Mapping[str, Any]
    path: str = ""
    assume: bool = False
    zone: tzinfo = UTC
    day: date | None = None
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

    def get(self, name: str, parse: Parse[T | None]) -> T | None:
        value = self.raw(name)
        if is_nothing(value) or unobtainable(value, self.at(name)) is not None:
            return None
        return parse(value, self.at(name))

    def stated(self, name: str, parse: Parse[T | None]) -> Stated[T]:
        """A documentation fact: its value, why it cannot be had, not charted, or taken for granted."""
        if not self.has(name):
            return ASSUMED if self.assume else None
        value = self.values[name]
        if is_nothing(value):
            return None
        return unobtainable(value, self.at(name)) or parse(value, self.at(name))

    def need(self, name: str, parse: Parse[T]) -> T:
        if is_nothing(self.raw(name)):
            raise VisitError(self.at(name), "is missing")
        return parse(self.values[name], self.at(name))

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.get(name, boolean)
        return default if value is None else value

    # --- what is inside ---

    def child(self, name: str) -> Node | None:
        value, path = self.raw(name), self.at(name)
        known = next((c for c in self.children if c.path == path), None)
        return known or (None if is_nothing(value) else self.node(value, path))

    def node(self, value: Any, path: str) -> Node:
        if not isinstance(value, Mapping):
            raise VisitError(path, f"{shown(value)} is not an object")
        child = Node(value, path, self.assume, self.zone, self.day)
        self.children.append(child)
        return child

    def nodes(self, name: str, short: str = "") -> list[Node]:
        """The objects of a list; a bare text stands for an object of which it is the value named ``short``."""
        listed = self._list(name)
        return [
            self.node({short: value} if short and isinstance(value, str) else value, f"{self.at(name)}[{n}]")
            for n, value in enumerate(listed)
        ]

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list; one text with commas is a list as well."""
        if isinstance(self.raw(name), str) and not is_nothing(self.raw(name)):
            return tuple(part for part in re.split(r"\s*[,;]\s*", self.raw(name).strip()) if part)
        return tuple(text(value, f"{self.at(name)}[{n}]") for n, value in enumerate(self._list(name)))

    def _list(self, name: str) -> Sequence[Any]:
        value = self.raw(name)
        if is_nothing(value) or unobtainable(value, self.at(name)) is not None:
            return ()
        if not isinstance(value, list):
            raise VisitError(self.at(name), f"{shown(value)} is not a list")
        return value

    def moment(self, value: Any, path: str) -> datetime:
        """A date with a clock time, or a clock time of the visit's day; without a zone it is the practice's own."""
        return days.moment(value, path, self.zone, self.day)
