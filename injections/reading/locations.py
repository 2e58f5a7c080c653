"""The locations as their administrator sees them: what each is on a day, and what it will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from injections import place_codes
from injections.models import Location, LocationFact, LocationPlace, Staff


@dataclass(frozen=True)
class Placed:
    """``coming`` are rows for days after the one asked about, the next first."""

    location: Location
    code: str
    coming: tuple[LocationPlace, ...]
    state: str
    to_come: tuple[LocationFact, ...]

    @property
    def words(self) -> str:
        return place_codes.words(self.code) if self.code else "Not said"

    @property
    def charged_by_facility(self) -> bool:
        return self.code in place_codes.FACILITIES


def placed(by: Staff, day: date) -> list[Placed]:
    """Every location that this person reaches, with what it is on ``day``."""
    rows = Location.objects.for_user(by).prefetch_related("places__said_by", "later__said_by")
    return [
        Placed(row, row.place_on(day), _coming(row, day), row.told("state", day), _to_come(row, day)) for row in rows
    ]


def _coming(location: Location, day: date) -> tuple[LocationPlace, ...]:
    """Later rows that still hold when their day comes: nobody said something else since for that day or before it."""
    rows = [row for row in location.places.all() if row.since > day]
    standing = [row for place, row in enumerate(rows) if all(row.since < newer.since for newer in rows[:place])]
    return tuple(sorted(standing, key=lambda row: row.since))


def _to_come(location: Location, day: date) -> tuple[LocationFact, ...]:
    """States and NPIs for later days, the next first."""
    return tuple(sorted((row for row in location.later.all() if row.since > day), key=lambda row: row.since))
