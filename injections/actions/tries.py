"""Counting wrong tries, so that nobody guesses a PIN or a code; kept in rows, because a cache may be lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from injections.models import Staff, Tries

Kind = Tries.Kind

#: wrong tries in a row until no more are taken
MOST: dict[str, int] = {Kind.PIN: 5, Kind.CODE: 10, Kind.PASSWORD: 10, Kind.ENROLMENT: 10}
#: how long none are taken then; a PIN waits for a full sign-in instead
PAUSE = timedelta(minutes=15)


def blocked_until(tries: Tries, now: datetime) -> datetime | None:
    """The moment from which tries are taken again; ``None`` when they are taken now."""
    if tries.failures < MOST[tries.kind]:
        return None
    if tries.kind == Kind.PIN:
        return datetime.max.replace(tzinfo=now.tzinfo)
    until = (tries.last_at or now) + PAUSE
    return until if until > now else None


def is_blocked(staff: Staff, kind: str, now: datetime | None = None) -> bool:
    found = Tries.objects.filter(staff=staff, kind=kind).first()
    return found is not None and blocked_until(found, now or timezone.now()) is not None


@transaction.atomic
def attempt(*, staff: Staff, kind: str, right: Callable[[], bool], now: datetime | None = None) -> str:
    """Ask whether the secret is right, unless too many were wrong. What to tell the person; nothing when it is right.

    The row is locked while the answer is worked out: guesses that come at the same time are counted one by one.
    """
    now = now or timezone.now()
    Tries.objects.get_or_create(staff=staff, kind=kind)
    tries = Tries.objects.select_for_update(no_key=True).get(staff=staff, kind=kind)
    if blocked_until(tries, now) is not None:
        return _too_many(tries, staff, now)
    if tries.failures >= MOST[kind]:
        tries.failures = 0  # the pause is over
    if right():
        if tries.failures:
            _note(tries, 0, now)
        return ""
    _note(tries, tries.failures + 1, now)
    return _too_many(tries, staff, now) if tries.failures >= MOST[kind] else _wrong(tries)


def forget(*, staff: Staff, kind: str) -> None:
    """Start counting anew, because the person has shown more than this secret."""
    Tries.objects.filter(staff=staff, kind=kind, failures__gt=0).update(failures=0)


def _note(tries: Tries, failures: int, now: datetime) -> None:
    tries.failures, tries.last_at = failures, now
    tries.save(update_fields=["failures", "last_at"])


def _wrong(tries: Tries) -> str:
    left = MOST[tries.kind] - tries.failures
    words = {
        Kind.PIN: "This is not your PIN",
        Kind.CODE: "This code is not right, or was used already",
        Kind.PASSWORD: "This is not your password",
        Kind.ENROLMENT: "This is not the code that you were given",
    }[Kind(tries.kind)]
    return f"{words}. Try again" if left > 2 else f"{words}. {left} {'try' if left == 1 else 'tries'} left"


def _too_many(tries: Tries, staff: Staff, now: datetime) -> str:
    if tries.kind == Kind.PIN:
        return f"{MOST[tries.kind]} wrong PINs in a row: this PIN is locked. Sign in with your password to use it again"
    until = blocked_until(tries, now) or now
    zone = staff.practice.zone if staff.practice else None
    clock = timezone.localtime(until, zone).strftime("%I:%M %p").lstrip("0").lower()
    return f"{MOST[tries.kind]} wrong tries in a row. Wait until {clock}, or ask your administrator"
