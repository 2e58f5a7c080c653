"""Who is immediately available at a place now, in words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from injections.chart.supervision import covering
from injections.models import Location, Presence
from injections.models.presence import PresenceMode
from injections.templatetags.words import clock, day


class Supervising(NamedTuple):
    """ "Dr Adams" and "in the suite since 8:02"."""

    name: str
    where: str


def open_at(location: Location, moment: datetime | None = None) -> QuerySet[Presence]:
    """The stretches that cover the moment and go on, whoever came first standing first."""
    return covering(location, moment or timezone.now()).filter(until__isnull=True)


def in_words(presence: Presence) -> Supervising:
    where = "in the suite" if presence.mode == PresenceMode.IN_SUITE else "on live video"
    return Supervising(presence.clinician.short_name, f"{where} since {_since(presence.since)}")


def _since(moment: datetime) -> str:
    today = timezone.localtime(moment).date() == timezone.localdate()
    return clock(moment) if today else f"{day(moment)} {clock(moment)}"
