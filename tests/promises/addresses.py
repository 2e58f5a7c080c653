"""Every address that the product answers, as Django's own resolver knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

NAMED = re.compile(r"(?:([\w-]+)/)?<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One address: its name with the namespace, its route, and the view behind it."""

    name: str
    route: str
    view: Any

    @property
    def capability(self) -> str | None:
        return getattr(self.view, "permission", None)

    @property
    def names(self) -> dict[str, str]:
        """What each part of the route stands for: a number by the word before it, anything else by its own name."""
        return {part: before if part == "pk" else part for before, part in NAMED.findall(self.route)}


@cache
def every_address() -> tuple[Address, ...]:
    return tuple(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Any, route: str, namespace: str) -> Iterator[Address]:
    for entry in patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _walk(entry.url_patterns, here, namespace + inner)
        elif isinstance(entry, URLPattern):
            yield Address(f"{namespace}{entry.name or entry.callback.__qualname__}", here, entry.callback)
