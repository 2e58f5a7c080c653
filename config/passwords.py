"""Passwords that leaked lists hold are refused, and what people make of them to satisfy a rule.

Two lists: `breached_passwords.txt` beside this file (long ones, which a minimum of twelve characters lets through) and
the 20,000 most leaked passwords that Django ships (made by Royce Williams from the Have I Been Pwned corpus). The
second is mostly shorter than our minimum: it is compared with what remains of a password once digits at its ends,
letters written as signs, and repetition are taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

LONG_ONES = Path(__file__).with_name("breached_passwords.txt")
SIGNS = str.maketrans("@4301!$57€", "aaeoiisste")
ROWS = (
    "1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb",
)
SHORTEST_WORD = 4


class NotBreached:
    """Refuses what stands in a list of leaked passwords, also with a year behind it or a sign in place of a letter."""

    def validate(self, password: str, user: object = None) -> None:
        if is_breached(password):
            raise ValidationError(
                "This password, or one much like it, stands in lists of stolen passwords. Put a few words together",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return "It may not be like one from the lists of stolen passwords."


def is_breached(password: str) -> bool:
    typed = password.strip().lower()
    known = breached()
    return any(core in known for core in _cores(typed)) or _is_walk(typed) or len(set(typed)) < SHORTEST_WORD


@cache
def breached() -> frozenset[str]:
    """Both lists in lower case."""
    own = {line.strip() for line in LONG_ONES.read_text().splitlines() if line and not line.startswith("#")}
    return frozenset(own | CommonPasswordValidator().passwords)


def _cores(typed: str) -> Iterator[str]:
    """The password itself, and what is left of it when the usual additions are taken away."""
    for text in {typed, typed.translate(SIGNS)}:
        yield text
        for bare in {re.sub(r"[\W\d_]+$", "", text), re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)}:
            joined = re.sub(r"[\W_]+", "", bare)
            for core in (bare, joined, _repeated(bare), _repeated(joined)):
                if len(core) >= SHORTEST_WORD:
                    yield core


def _repeated(text: str) -> str:
    """ "monkeymonkey" is "monkey"."""
    found = re.fullmatch(r"(.{3,}?)\1+", text)
    return found[1] if found else text


def _is_walk(typed: str) -> bool:
    """Whether it is made of a few runs along a row of keys or the alphabet, such as qwertyuiop123."""
    runs, place = 0, 0
    while place < len(typed):
        run = max((_run(typed, place, row) for line in ROWS for row in (line, line[::-1])), default=1)
        if run < SHORTEST_WORD - 1:
            return False
        runs, place = runs + 1, place + run
    return 0 < runs <= SHORTEST_WORD


def _run(typed: str, place: int, row: str) -> int:
    """How many characters from here on follow this row."""
    start = row.find(typed[place])
    if start < 0:
        return 1
    run = 0
    while place + run < len(typed) and start + run < len(row) and typed[place + run] == row[start + run]:
        run += 1
    return run
