"""The chip that tells the state of a row at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from injections.chart.afterwards import reaction_of
from injections.chart.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Chip:
    """One state: its tint, its shape and its word."""

    tint: str
    mark: str
    words: str


REACTION = Chip("stop", "▲", "Reaction")


def waiting_chip(waits: Waiting, now: datetime) -> Chip:
    """A reaction comes before the minutes that are left."""
    if reaction_of(waits.dose) is not None:
        return REACTION
    left = waits.left(now)
    return Chip("info", "◷", f"{left} min left") if left else Chip("warn", "◷", "Check now")
