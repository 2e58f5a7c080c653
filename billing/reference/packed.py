"""Tables of millions of rows in a few bytes each: sorted numbers, found by halving.

Codes have five characters of 36, so that a pair of them is a number of 52 bits. A row takes 12 bytes, and 8 more where
it holds two amounts; as Python objects the same pair would take 300.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from billing.reference.published import Span

LETTERS = 36
_FIVE = LETTERS**5

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Rows in the order of their keys. ``spans`` numbers the days and files in ``days``; ``columns`` are the values."""

    keys: array[int] = field(default_factory=lambda: array("Q"))
    spans: array[int] = field(default_factory=lambda: array("I"))
    columns: tuple[array[int], ...] = ()
    days: tuple[Span, ...] = ()

    def on(self, key: int | None, day: date) -> Iterator[tuple[Span, tuple[int, ...]]]:
        """The rows of a key that hold on a day."""
        if key is None:
            return
        place = bisect_left(self.keys, key)
        while place < len(self.keys) and self.keys[place] == key:
            span = self.days[self.spans[place]]
            if span.covers(day):
                yield span, tuple(column[place] for column in self.columns)
            place += 1


def code_number(code: str) -> int | None:
    """A code of five letters and digits as a number; ``None`` for what is no code."""
    return int(code, LETTERS) if len(code) == 5 and code.isascii() and code.isalnum() else None


def code_of(number: int) -> str:
    """The code that a number stands for."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "".join(digits[number // LETTERS**place % LETTERS] for place in (4, 3, 2, 1, 0))


def pair_number(one: str, other: str) -> int | None:
    """Two codes in their order."""
    first, second = code_number(one), code_number(other)
    return None if first is None or second is None else first * _FIVE + second


def locality_number(locality: str, code: str) -> int | None:
    """Seven digits of contractor and locality, and a code."""
    second = code_number(code)
    return int(locality) * _FIVE + second if second is not None and locality.isdecimal() else None


def package_number(ndc: str) -> int | None:
    """A package whichever way its number is written: 4-4-2, 5-3-2, 5-4-1, 6-4-2, or 11 digits without hyphens."""
    parts = ndc.split("-") if "-" in ndc else [ndc[:-6], ndc[-6:-2], ndc[-2:]]
    right = len(parts) == 3 and all(part.isascii() and part.isdecimal() for part in parts)
    if not right or len(parts[0]) > 6 or len(parts[1]) > 4 or len(parts[2]) > 2:
        return None
    return int(parts[0]) * 1_000_000 + int(parts[1]) * 100 + int(parts[2])
