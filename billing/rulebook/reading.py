"""What can be read off a rule beside its title: the reasons, the demands it asks about, and how sure its source is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

from billing.reference.demands import DEMANDS

_UNSURE = re.compile(r"\b(confirm|contested|differ|differs|recheck|common guidance)\b", re.IGNORECASE)
_ASKING = frozenset({"wants", "demand"})


def to_confirm(source: str) -> bool:
    """Whether the source itself says that somebody should ask the payer before relying on it."""
    return bool(_UNSURE.search(source))


def meaning(demand: str) -> str:
    """What a demand means, or its name where the manual has no page for it yet."""
    return DEMANDS[demand].means if demand in DEMANDS else demand.replace("-", " ")


def sentences(text: str) -> str:
    """With a capital first and a full stop at the end."""
    text = text.strip()
    return text and text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def demands_of(function: Callable[..., Any]) -> frozenset[str]:
    """The demands that a rule, or a helper of its chapter, asks the payer about while it reasons.

    Of another chapter's helper only its own questions count, not those of whatever it calls.
    """
    return frozenset(_asked(function, set()))


def _asked(function: Any, seen: set[str]) -> Iterator[str]:
    if not isinstance(function, FunctionType) or function.__qualname__ in seen:
        return
    seen.add(function.__qualname__)
    yield from _asked_itself(function)
    for code in _codes(function.__code__):
        for name in code.co_names:
            helper = function.__globals__.get(name)
            chapter = getattr(helper, "__module__", None) or ""
            if chapter == function.__module__:
                yield from _asked(helper, seen)
            elif chapter.startswith("billing.rules.") and isinstance(helper, FunctionType):
                yield from _asked_itself(helper)


def _asked_itself(function: FunctionType) -> Iterator[str]:
    """The demands named in a function that asks for some."""
    for code in _codes(function.__code__):
        if _ASKING.intersection(code.co_names):
            yield from (constant for constant in code.co_consts if isinstance(constant, str) and constant in DEMANDS)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The function's own code and that of the loops inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
