"""PINs for shared devices: set by oneself after a full sign-in, checked with a count of wrong ones, reset."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from injections import pins
from injections.actions import tries
from injections.actions.errors import Refused
from injections.actions.rights import need, same_practice
from injections.models import Pin, SignIn, Staff, Tries


@transaction.atomic
def set_own(*, by: Staff, pin: str, sign_in: SignIn | None, now: datetime | None = None) -> Pin:
    """Raises :class:`Refused` for a weak PIN, and on a screen that was entered with less than both factors."""
    if sign_in is None or sign_in.staff_id != by.pk or sign_in.how != SignIn.How.FULL:
        raise Refused("Sign in with your password and phone to set a PIN")
    weak = pins.weakness(pin) or ("It is part of your sign-in name" if pin in by.username else "")
    if weak:
        raise Refused("Choose another PIN", errors={"pin": weak})
    row, _ = Pin.objects.update_or_create(
        staff=by, defaults={"secret": make_password(pin), "set_at": now or timezone.now()}
    )
    tries.forget(staff=by, kind=Tries.Kind.PIN)
    return row


def check(*, staff: Staff, pin: str, now: datetime | None = None) -> str:
    """What to tell the person about the PIN; nothing when it is right. Without one, hashing takes as long."""
    found = Pin.objects.filter(staff=staff).first()
    secret = found.secret if found else "!"
    return tries.attempt(staff=staff, kind=Tries.Kind.PIN, right=lambda: check_password(pin, secret), now=now)


@transaction.atomic
def reset(*, staff: Staff, by: Staff) -> None:
    """By an administrator: the person sets another one after a full sign-in."""
    need(by, "staff.write")
    same_practice(by, staff)
    Pin.objects.filter(staff=staff).delete()
    tries.forget(staff=staff, kind=Tries.Kind.PIN)
