"""Whose drug it was: one word on a shelf and in the chart, two facts for whoever reads them.

A drug bought under the 340B program is the clinic's own stock, and is kept apart from the rest of it.
"""

from __future__ import annotations

from typing import Any

from injections.facts import Source

BOUGHT_340B = "340b"


def facts_of(word: str) -> dict[str, Any]:
    """``source``, and ``acquired_340b`` where it is so. Raises :class:`ValueError` for a word that names nobody."""
    if word == BOUGHT_340B:
        return {"source": Source.STOCK, "acquired_340b": True}
    return {"source": Source(word) if word else None}


def word_of(source: Source | None, acquired_340b: bool | None) -> str:
    """The word again; empty where nobody said whose it was."""
    if source is Source.STOCK and acquired_340b:
        return BOUGHT_340B
    return source.value if source else ""
