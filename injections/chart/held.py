"""Whether stock is on hold, and why, in the words that the chart stops with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from injections.days import written_moment
from injections.models import Excursion, HeldLot, Lot


def on_hold() -> Exists:
    """A condition on lots: a hold on it has not ended."""
    return Exists(HeldLot.objects.filter(lot=OuterRef("pk"), end=None))


def held_because(lots: Iterable[Lot], moment: datetime) -> str | None:
    """Why one of these lots must not be given at that moment; what was given before it grew warm is no matter."""
    holds = HeldLot.objects.filter(lot__in=list(lots), end=None, excursion__began_at__lte=moment)
    found = holds.select_related("lot", "excursion__location__practice").first()
    return f"lot {found.lot.number}: {words(found.excursion)}" if found else None


def words(excursion: Excursion) -> str:
    """ "fridge door open, 14 °C, Main Street, 3 Nov 2026, 22:10 to 4 Nov 2026, 6:40"."""
    zone = excursion.location.practice.zone
    began, ended = (written_moment(at.astimezone(zone)) for at in (excursion.began_at, excursion.ended_at))
    warm = f"{excursion.warmth}, " if excursion.warmth else ""
    return f"{excursion.reason}, {warm}{excursion.location.name[:40]}, {began} to {ended}"[:150]
