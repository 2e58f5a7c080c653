"""What lies on the shelves: lots by location, whatever expires first standing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from injections import ndc
from injections.models import Location, Lot, Package, Staff
from injections.reading.day import Chip

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One location and its lots."""

    location: Location
    lots: list[tuple[Lot, Chip]]


def shelves(by: Staff | Any) -> Iterator[Shelf]:
    """Every location that has lots on hand or below zero."""
    today = timezone.localdate()
    for location, lots in groupby(_lots(by), key=lambda lot: lot.location):
        yield Shelf(location, [(lot, state_of(lot, today)) for lot in lots])


def _lots(by: Staff | Any) -> QuerySet[Lot]:
    on_hand = Lot.objects.for_user(by).exclude(on_hand=0).select_related("location", "product", "package")
    return on_hand.order_by("location__name", "location_id", "expires_on", "number")


def state_of(lot: Lot, today: date) -> Chip:
    if lot.recalled_at is not None:
        return Chip("stop", "■", "Recalled: do not give")
    if lot.expires_on < today:
        return Chip("stop", "■", "Expired: do not give")
    if lot.on_hand < 0:
        return Chip("warn", "▲", "Count the shelf")
    if lot.expires_on <= today + SOON:
        return Chip("warn", "▲", "Expires soon")
    return Chip("ok", "✓", "Good")


def package_of(*written: str) -> Package | None:
    """The package that has one of these NDCs, in whatever shape; ``None`` when none has, or when two have."""
    digits = {form.replace("-", "") for text in written for form in ndc.candidates(text)}
    forms = {f"{form[:5]}-{form[5:9]}-{form[9:]}" for form in digits}
    found = list(Package.objects.filter(ndc__in=forms).select_related("product")[:2])
    return found[0] if len(found) == 1 else None
