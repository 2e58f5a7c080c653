"""The downtime pack: made each evening for the next day and each morning for the same one, before it is needed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from config.transactions import task_transaction
from injections.models import DowntimePack, Location, Practice
from injections.paper import printed
from injections.reading import downtime

#: by the practice's clock: tomorrow's pack from the evening on, and again with what was booked overnight
EVENING, MORNING = time(18), time(5)
KEPT = timedelta(days=7)


def make(location: Location, on: date) -> DowntimePack:
    """The sheets for that place and day as things stand now, in place of those made before."""
    now = timezone.now()
    told = downtime.told(location, on, now)
    patients = told.pop("patients")
    pack, _ = DowntimePack.objects.update_or_create(
        location=location,
        day=on,
        defaults={
            "practice_id": location.practice_id,
            "made_at": now,
            "content": printed("downtime", told),
            "patients": patients,
        },
    )
    return pack


def make_due() -> int:
    """Make every pack whose hour has come, drop those of past weeks, and answer how many were made."""
    made = 0
    for practice in Practice.objects.order_by("pk"):
        with timezone.override(practice.zone), task_transaction(practice.pk):
            DowntimePack.objects.filter(practice=practice, day__lt=timezone.localdate() - KEPT).delete()
            packs = [make(location, on) for location, on in _due(practice, timezone.now())]
        for pack in packs:
            _put_aside(pack)
        made += len(packs)
    return made


def _due(practice: Practice, now: datetime) -> Iterator[tuple[Location, date]]:
    """The places and days whose pack is older than its last hour, or was never made."""
    made = {(pack.location_id, pack.day): pack.made_at for pack in DowntimePack.objects.filter(practice=practice)}
    for location in Location.objects.filter(practice=practice).order_by("pk"):
        for on, since in _hours(practice, now):
            before = made.get((location.pk, on))
            if before is None or before < since:
                yield location, on


def _hours(practice: Practice, now: datetime) -> Iterator[tuple[date, datetime]]:
    """Which days should be on paper by now, and since when at the latest."""
    local = now.astimezone(practice.zone)
    today, tomorrow = local.date(), local.date() + timedelta(days=1)
    morning = datetime.combine(today, MORNING, practice.zone)
    evening = datetime.combine(today, EVENING, practice.zone)
    yield today, morning if now >= morning else evening - timedelta(days=1)
    if now >= evening:
        yield tomorrow, evening


def _put_aside(pack: DowntimePack) -> None:
    """Also outside the database, where the practice says: what is needed when Deltoid is down must not be inside it."""
    if not settings.DOWNTIME_FOLDER:
        return
    folder = Path(settings.DOWNTIME_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", pack.location.name.lower()).strip("-")
    path = folder / f"{name}-{pack.location_id}-{pack.day:%Y-%m-%d}.pdf"
    half = path.with_suffix(".part")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pack.content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    for old in folder.glob(f"{name}-{pack.location_id}-*.pdf"):
        if old.stem[-10:] < f"{pack.day - KEPT:%Y-%m-%d}":
            old.unlink(missing_ok=True)
