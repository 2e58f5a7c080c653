"""Who is immediately available at a place now, in words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from injections.chart.supervision import beginning, covering
from injections.models import Location, Presence
from injections.models.presence import PresenceMode
from injections.templatetags.words import clock


class Supervising(NamedTuple):
    """ "Dr Adams" and "in the suite since 8:02"."""

    name: str
    where: str


def open_at(location: Location, moment: datetime | None = None) -> QuerySet[Presence]:
    """The stretches that cover the moment and go on, whoever came first standing first."""
    return covering(location, moment or timezone.now()).filter(until__isnull=True)


def forgotten_at(location: Location) -> dict[int, Presence]:
    """The stretches of earlier days that nobody ended, by who it is."""
    today = beginning(location, timezone.now())
    rows = Presence.objects.filter(location=location, until__isnull=True, since__lt=today)
    return {row.clinician_id: row for row in rows}


def in_words(presence: Presence) -> Supervising:
    where = "in the suite" if presence.mode == PresenceMode.IN_SUITE else "on live video"
    return Supervising(presence.clinician.short_name, f"{where} since {clock(presence.since)}")
