"""Single values of a visit document: text, numbers, yes and no, and the words that say that nothing is charted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from injections.facts import Unobtainable

T = TypeVar("T")
Parse = Callable[[Any, str], T]

#: what people write where nothing is written
_NOTHING = frozenset({"", "not charted", "not documented", "not recorded", "not stated", "unknown"})
_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


class VisitError(ValueError):
    """The document is not a visit: where, and why."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}" if path else why)
        self.path, self.why = path, why


def is_nothing(value: Any) -> bool:
    """Whether a value says that the fact is not charted: ``null``, or words to that effect."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in _NOTHING)


def unobtainable(value: Any, path: str) -> Unobtainable | None:
    """Why a fact cannot be had any more, where the document says so. A reason has to be given."""
    if not isinstance(value, Mapping) or set(value) != {"unobtainable"}:
        return None
    reason = value["unobtainable"]
    if not isinstance(reason, str) or not reason.strip():
        raise VisitError(f"{path}.unobtainable", "say in words why it cannot be known any more")
    return Unobtainable(reason.strip())


def text(value: Any, path: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise VisitError(path, f"{shown(value)} is not text")
    return str(value).strip()


def boolean(value: Any, path: str) -> bool:
    """``true`` or ``false``, also as a word."""
    read = _YES_NO.get(value.strip().casefold()) if isinstance(value, str) else value
    if not isinstance(read, bool):
        raise VisitError(path, f"{shown(value)} is not true or false")
    return read


def whole(value: Any, path: str) -> int:
    """A whole number of zero or more, also as text."""
    read = int(value) if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value) else value
    if isinstance(read, bool) or not isinstance(read, int) or read < 0:
        raise VisitError(path, f"{shown(value)} is not a whole number")
    return read


def counted(value: Any, path: str) -> int:
    """A whole number of one or more."""
    read = whole(value, path)
    if read == 0:
        raise VisitError(path, "0 of it is none: leave the whole entry out")
    return read


def minutes(value: Any, path: str) -> int:
    """Minutes, also as "15 min"."""
    if isinstance(value, str):
        value = re.sub(r"\s*min(?:ute)?s?\.?\s*$", "", value, flags=re.IGNORECASE)
    return whole(value, path)


def number(value: Any, path: str) -> Decimal:
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise InvalidOperation
        read = Decimal(str(value).strip())
    except InvalidOperation:
        raise VisitError(path, f"{shown(value)} is not a number") from None
    if not read.is_finite():
        raise VisitError(path, f"{shown(value)} is not a number")
    return read


def one_of(*words: str, synonyms: Mapping[str, str] | None = None) -> Parse[str]:
    """A word of a fixed list, in any case."""

    def parse(value: Any, path: str) -> str:
        written = re.sub(r"[\s_-]+", "-", text(value, path).casefold())
        word = (synonyms or {}).get(written, written)
        if word not in words:
            raise VisitError(path, f"{shown(value)} is not one of {', '.join(words)}")
        return word

    return parse


def shown(value: Any) -> str:
    """A value as the document wrote it."""
    if isinstance(value, str):
        return f'"{value}"'
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return str(value)
