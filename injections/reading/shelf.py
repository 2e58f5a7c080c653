"""What lies on the shelves: lots by location, whatever expires first standing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from injections import ndc
from injections.chart.held import on_hold
from injections.models import Location, Lot, OpenedVial, Package, Staff
from injections.reading.chips import Chip
from injections.reading.opened import Opened, open_of

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One location and its lots."""

    location: Location
    lots: list[Standing]


class Standing(NamedTuple):
    """One lot on its shelf, what to do about it, and its opened vials, each with its own state."""

    lot: Lot
    state: Chip
    vials: list[tuple[Opened, Chip]]


def shelves(by: Staff | Any, meant: Q | None = None) -> Iterator[Shelf]:
    """Every location that has lots on hand or below zero, or an opened vial; only those ``meant``, empty ones too."""
    today = timezone.localdate()
    for location, lots in groupby(_lots(by, meant), key=lambda lot: lot.location):
        yield Shelf(location, [_standing(lot, today) for lot in lots])


def _standing(lot: Lot, today: date) -> Standing:
    opened = open_of(lot, lot.open_vials)  # type: ignore[attr-defined]  # fetched with the lots
    return Standing(lot, state_of(lot, today), [(one, one.state(today)) for one in opened])


def _lots(by: Staff | Any, meant: Q | None) -> QuerySet[Lot]:
    vials = OpenedVial.objects.filter(ended_at=None)
    there = ~Q(on_hand=0) | Q(Exists(vials.filter(lot=OuterRef("pk"))))
    here = Lot.objects.for_user(by).filter(there if meant is None else meant)
    whole = here.annotate(held=on_hold()).select_related("location", "product", "package")
    return whole.order_by("location__name", "location_id", "expires_on", "number").prefetch_related(
        Prefetch("vials", vials, to_attr="open_vials")
    )


def state_of(lot: Lot, today: date) -> Chip:
    if lot.recalled_at is not None:
        return Chip("stop", "■", "Recalled: do not give")
    if getattr(lot, "held", False):
        return Chip("stop", "■", "On hold: do not give")
    if lot.expires_on < today:
        return Chip("stop", "■", "Expired: do not give")
    if lot.on_hand < 0:
        return Chip("warn", "▲", "Count the shelf")
    if lot.on_hand == 0:
        return Chip("info", "○", "None on hand")
    if lot.expires_on <= today + SOON:
        return Chip("warn", "▲", "Expires soon")
    return Chip("ok", "✓", "Good")


def package_of(*written: str) -> Package | None:
    """The package that has one of these NDCs, in whatever shape; ``None`` when none has, or when two have."""
    digits = {form.replace("-", "") for text in written for form in ndc.candidates(text)}
    forms = {f"{form[:5]}-{form[5:9]}-{form[9:]}" for form in digits}
    found = list(Package.objects.filter(ndc__in=forms).select_related("product")[:2])
    return found[0] if len(found) == 1 else None
