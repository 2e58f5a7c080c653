"""What a PIN may be: four to six digits that are not the first ones somebody would try."""

from __future__ import annotations

import re

SHAPE = re.compile(r"[0-9]{4,6}")
FEWEST = 3  # different digits
UP = "01234567890"
#: keypad columns and corners, and what people everywhere choose
USUAL = frozenset("2580 0852 1470 0741 3690 0963 1379 9731 1397 2468 1357 8642 7531 1004 4321 6969 5683 7777".split())


def weakness(pin: str) -> str:
    """Why this PIN is not taken, as an instruction; nothing for one that is."""
    if not SHAPE.fullmatch(pin):
        return "Use four to six digits"
    if len(set(pin)) < FEWEST:
        return "Use more different digits"
    if pin in UP or pin in UP[::-1]:
        return "Do not count up or down"
    if pin in USUAL or _repeats(pin):
        return "This pattern is one of the first that somebody would try. Choose another"
    if re.fullmatch(r"(19|20)[0-9]{2}", pin):
        return "Do not use a year"
    return ""


def _repeats(pin: str) -> bool:
    """ "121212" and "123123": a part said again."""
    return any(pin == pin[:size] * (len(pin) // size) for size in (1, 2, 3) if len(pin) % size == 0 and size < len(pin))
