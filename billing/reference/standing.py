"""Which table answers on a day: the imported one where a file speaks for the day, else what ships."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from billing.reference.published import PublishedFile
from billing.reference.tables import Period
from injections.days import written_day

NOTHING_LOADED = "no table is loaded for this date"
EXCERPT = "only an excerpt of the table is loaded for this date"
#: a quarter of NCCI's pairs comes in so many files
PARTS = 4
#: tables whose files never claim to be all there is, and that are asked only for what they do name
PIECEMEAL = frozenset({"locality-amounts", "add-on-codes", "ndc-packages", "ndc-products"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a table stands on a day.

    ``imported``: imported rows are asked first. ``complete``: what they do not name is not there, so that what ships
    is not asked. ``unspoken``: why the table proves nothing about the day, or ``None`` when it does.
    """

    imported: bool = False
    complete: bool = False
    period: Period | None = None
    edition: str = ""
    unspoken: str | None = NOTHING_LOADED


def standing(table: str, files: Iterable[PublishedFile], periods: Iterable[Period], day: date) -> Standing:
    """A file that speaks for the day goes first, then what ships for it; else the newest that has begun."""
    begun = [f for f in files if f.table == table and f.since <= day]
    shipped = max((p for p in periods if p.table == table and p.since <= day), key=lambda p: p.until, default=None)
    speaking = [f for f in begun if f.covers(day)]
    if speaking:
        missing = _missing(table, speaking)
        proven = missing is None or (shipped is not None and shipped.covers(day))
        return _imported(table, speaking, complete=missing is None, unspoken=None if proven else missing)
    newest = max(begun, key=lambda f: f.end, default=None)
    if newest is not None and (shipped is None or newest.end > shipped.until):
        last = [f for f in begun if f.since == newest.since]
        said = f"newest table ends {written_day(newest.end)}"
        return _imported(table, last, complete=_missing(table, last) is None, unspoken=said)
    if shipped is None:
        return Standing()
    ended = None if shipped.covers(day) else f"newest table ends {written_day(shipped.until)}"
    return Standing(period=shipped, unspoken=ended)


def _imported(table: str, files: list[PublishedFile], *, complete: bool, unspoken: str | None) -> Standing:
    newest = max(files, key=lambda f: f.since)
    names = "; ".join(dict.fromkeys(f.name for f in files))
    period = Period(table, newest.since, newest.end, names)
    return Standing(True, complete and table not in PIECEMEAL, period, newest.edition, unspoken)


def _missing(table: str, files: list[PublishedFile]) -> str | None:
    """What the files of a day leave open."""
    if table in PIECEMEAL or any(f.whole for f in files):
        return None
    parts = {f.part for f in files if f.part is not None}
    if len(parts) == PARTS:
        return None
    return f"{len(parts)} of {PARTS} parts of the table are loaded for this date" if parts else EXCERPT
