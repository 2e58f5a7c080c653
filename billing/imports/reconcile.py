"""What a file's statement about one key makes of the rows that stand: pure arithmetic of days.

A *spell* is one key's content on a run of days. The rows that stand for a key are spells that never overlap. A file
adds, changes, ends or leaves them; it never reopens what is closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

#: a first day that nobody knows, and a last day that has not come
BEFORE_MEMORY, OPEN = date.min, date.max
DAY = timedelta(days=1)

Cells = tuple[str | None, ...]


class Verdict(StrEnum):
    """What became of a line, or of a key that the file no longer names."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Spell(NamedTuple):
    """Content on the days from ``since`` to ``until``, both included."""

    since: date
    until: date
    cells: Cells

    def meets(self, since: date, until: date) -> bool:
        return self.since <= until and since <= self.until


@dataclass(frozen=True, slots=True)
class Outcome:
    """The spells that stand afterwards, and the verdict on what was stated."""

    spells: list[Spell]
    verdict: Verdict
    because: str = ""


def state_by_row(live: list[Spell], said: Spell, file_begins: date) -> Outcome:
    """A line with days of its own. It may end what stands, and begin something new; it may not reopen.

    Where content differs, the file is believed from the day it begins to speak. Before that day, what stood then
    stays: an earlier file was closer to it.
    """
    met = [spell for spell in live if spell.meets(said.since, said.until)]
    if not met:
        return Outcome(sorted([*live, said]), Verdict.ADDED)
    since = met[0].since if said.since == BEFORE_MEMORY else said.since
    until = min(said.until, met[-1].until)
    pieces = _pieces(met, Spell(since, until, said.cells), file_begins)
    spells = sorted([spell for spell in live if spell not in met] + pieces)
    if until < said.until:
        ended = met[-1].until.isoformat()
        return Outcome(spells, Verdict.REFUSED, f"it ended on {ended}, and an import reopens nothing")
    return Outcome(spells, Verdict.UNCHANGED if pieces == met else Verdict.CHANGED)


def _pieces(met: list[Spell], said: Spell, file_begins: date) -> list[Spell]:
    """The days of ``said``: with the older content where that stood before the file began to speak, else its own."""
    pieces: list[Spell] = []
    at = said.since
    for spell in met:
        first, last = max(spell.since, said.since), min(spell.until, said.until, file_begins - DAY)
        if spell.cells == said.cells or first > last:
            continue
        if at < first:
            pieces.append(Spell(at, first - DAY, said.cells))
        pieces.append(Spell(first, last, spell.cells))
        at = last + DAY
    if at <= said.until:
        pieces.append(Spell(at, said.until, said.cells))
    return pieces


def end_missing(live: list[Spell], file_begins: date) -> Outcome:
    """A key that a complete file no longer names has ended by the day before the file."""
    spells = [
        Spell(spell.since, file_begins - DAY, spell.cells) if spell.since < file_begins <= spell.until else spell
        for spell in live
    ]
    return Outcome(spells, Verdict.UNCHANGED if spells == live else Verdict.ENDED)


def state_as_a_whole(live: list[Spell], said: Cells | None, since: date, until: date) -> Outcome:
    """How a key stands on all days from ``since`` to ``until``; ``None``: not at all.

    What begins later than ``since`` was said by a later file and stays.
    """
    later = [spell.since for spell in live if since < spell.since <= until]
    until = min([until, *(first - DAY for first in later)])
    inside = [spell for spell in live if spell.meets(since, until)]
    if said is None:
        spells = _without(live, since, until)
        return Outcome(spells, Verdict.ENDED if inside else Verdict.UNCHANGED)
    if not inside:
        return Outcome(sorted([*live, Spell(since, until, said)]), Verdict.ADDED)
    covered = inside[0].since <= since and until <= inside[-1].until
    if covered and all(spell.cells == said for spell in inside):
        return Outcome(live, Verdict.UNCHANGED)
    return Outcome(sorted([*_without(live, since, until), Spell(since, until, said)]), Verdict.CHANGED)


def _without(live: Iterable[Spell], since: date, until: date) -> list[Spell]:
    """The spells with those days cut out."""
    left: list[Spell] = []
    for spell in live:
        if not spell.meets(since, until):
            left.append(spell)
            continue
        if spell.since < since:
            left.append(Spell(spell.since, since - DAY, spell.cells))
        if until < spell.until:
            left.append(Spell(until + DAY, spell.until, spell.cells))
    return left
