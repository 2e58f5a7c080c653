"""The demo's past: rows made in it carry the moment they pretend to be from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

from billing.demo.people import TIME_ZONE

ZONE = ZoneInfo(TIME_ZONE)


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Let the clock of Django stand at a moment, for columns that note it by themselves."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield moment


def moment(day: date, clock: str) -> datetime:
    """A time of day in the practice's own zone: ``moment(day, "09:20")``."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZONE)


def working_days(first: date, last: date) -> Iterator[date]:
    """Monday to Friday, both ends included."""
    day = first
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)
