"""Who is immediately available at a place, now and earlier."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from injections.models import Location, Presence
from injections.models.presence import PresenceMode


def open_at(location: Location, moment: datetime | None = None) -> QuerySet[Presence]:
    """The stretches that cover the moment, whoever came first standing first."""
    moment = moment or timezone.now()
    covering = Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
    return Presence.objects.filter(covering, location=location).select_related("clinician").order_by("since")


def in_words(presence: Presence) -> str:
    """ "Dr Adams supervising, in the suite since 8:02"."""
    where = "in the suite" if presence.mode == PresenceMode.IN_SUITE else "on live video"
    return f"{presence.clinician.short_name} supervising, {where} since {_since(presence.since)}"


def _since(moment: datetime) -> str:
    local = timezone.localtime(moment)
    clock = f"{local.hour}:{local.minute:02}"
    return clock if local.date() == timezone.localdate() else f"{local.day} {local:%b} {clock}"
