"""The written shapes of an NDC, brought to the one that claims use: eleven digits, labeler 5, product 4, package 2.

A label prints ten digits as 4-4-2, 5-3-2 or 5-4-1; the short segment is padded with a zero. Without hyphens ten digits
may mean three numbers, so every answer here is a set. From 2033-03-07 labels print twelve digits, 6-4-2 (91 FR 10749):
a number of today then carries a leading zero.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LABEL = re.compile(r"^(?:N4|NDC\s*[:#]?)\s*", re.IGNORECASE)
_SEGMENTS = {(5, 4, 2), (4, 4, 2), (5, 3, 2), (5, 4, 1), (6, 4, 2)}


@lru_cache(maxsize=8192)
def billing_forms(text: str) -> frozenset[str]:
    """Every 11-digit number that the written NDC may stand for; empty when it has no shape of an NDC.

    What claims and labels write before it (``N4``, ``NDC``) is left out; spaces and printed dashes are hyphens too.
    """
    bare = _LABEL.sub("", text.strip())
    written = re.sub(r"[\s\u2010-\u2013]+", "-", bare)
    if "-" in written:
        return _from_segments(written.split("-"))
    if not re.fullmatch(r"[0-9]{10,12}", written):
        return frozenset()
    return _from_digits(written)


def is_billing_form(text: str) -> bool:
    """Whether it stands as the formulary keeps it: 5-4-2 with hyphens."""
    return re.fullmatch(r"[0-9]{5}-[0-9]{4}-[0-9]{2}", text) is not None


def _from_segments(segments: list[str]) -> frozenset[str]:
    if tuple(map(len, segments)) not in _SEGMENTS or not all(re.fullmatch("[0-9]+", s) for s in segments):
        return frozenset()
    labeler, product, package = segments
    if len(labeler) == 6:
        return frozenset({labeler[1:] + product + package}) if labeler[0] == "0" else frozenset()
    return frozenset({labeler.zfill(5) + product.zfill(4) + package.zfill(2)})


def _from_digits(digits: str) -> frozenset[str]:
    if len(digits) == 11:
        return frozenset({digits})
    if len(digits) == 12:
        return frozenset({digits[1:]}) if digits[0] == "0" else frozenset()
    padded = ("0" + digits, digits[:5] + "0" + digits[5:], digits[:9] + "0" + digits[9:])
    return frozenset(padded)
