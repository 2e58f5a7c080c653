"""Signing in, the idle lock, and out again: what the server knows about who is at which screen."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from injections.actions import tries
from injections.models import Shift, SignIn, Staff, Tries

#: how stale "last seen" may get before it is written again
COARSE = timedelta(seconds=30)
#: for somebody who belongs to no practice
USUAL_IDLE = timedelta(minutes=10)


def allowed_idle(staff: Staff) -> timedelta:
    """How long a screen of this person may stay unused; each practice sets its own."""
    return staff.practice.idle_after if staff.practice else USUAL_IDLE


@transaction.atomic
def begin(
    *, staff: Staff, how: str, shift: Shift | None = None, address: str | None = None, now: datetime | None = None
) -> SignIn:
    """Somebody is there. Who shows password and second factor may use their PIN again."""
    now = now or timezone.now()
    if how == SignIn.How.FULL:
        tries.forget(staff=staff, kind=Tries.Kind.PIN)
    return SignIn.objects.create(
        staff=staff,
        practice_then=staff.practice_id,
        how=how,
        shift=shift,
        address=address,
        started_at=now,
        seen_at=now,
    )


@transaction.atomic
def seen(*, sign_in: SignIn, now: datetime) -> None:
    """The person did something. A request that comes at the same moment does not wait for this one."""
    if now - sign_in.seen_at < COARSE:
        return
    held = SignIn.objects.select_for_update(no_key=True, skip_locked=True)
    if held.filter(pk=sign_in.pk, locked_at__isnull=True, ended_at__isnull=True).update(seen_at=now):
        sign_in.seen_at = now


def completed(*, sign_in: SignIn) -> None:
    """The second factor was shown as well."""
    tries.forget(staff=sign_in.staff, kind=Tries.Kind.PIN)
    SignIn.objects.filter(pk=sign_in.pk, how=SignIn.How.PASSWORD).update(how=SignIn.How.FULL)


def lock(*, sign_in: SignIn, now: datetime | None = None) -> None:
    """From now on this screen shows nothing until its person is back."""
    SignIn.objects.filter(pk=sign_in.pk, locked_at__isnull=True).update(locked_at=now or timezone.now())


def unlock(*, sign_in: SignIn, now: datetime | None = None) -> None:
    """The person is back and has shown it."""
    sign_in.locked_at, sign_in.seen_at = None, now or timezone.now()
    SignIn.objects.filter(pk=sign_in.pk).update(locked_at=None, seen_at=sign_in.seen_at)


def end(*, sign_in_id: int, now: datetime | None = None) -> None:
    SignIn.objects.filter(pk=sign_in_id, ended_at__isnull=True).update(ended_at=now or timezone.now())


def end_all(*, staff: Staff, now: datetime | None = None) -> int:
    """Every screen of this person is signed out at its next request. How many there were."""
    return SignIn.objects.filter(staff=staff, ended_at__isnull=True).update(ended_at=now or timezone.now())
