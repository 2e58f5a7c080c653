"""Shared devices: one full sign-in begins the shift, then colleagues change by name and PIN until it ends."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from injections.actions.errors import Refused
from injections.actions.rights import need
from injections.models import Shift, SignIn, Staff
from injections.policy import CAPABILITIES


@transaction.atomic
def start(*, by: Staff, sign_in: SignIn | None, now: datetime | None = None) -> tuple[Shift, str]:
    """The shift and the key that this device keeps. Raises :class:`Refused` unless both factors were shown here."""
    need(by, "shift.start")
    if sign_in is None or sign_in.staff_id != by.pk or sign_in.how != SignIn.How.FULL:
        raise Refused("Sign in with your password and phone to start a shift on this device")
    if by.practice is None:
        raise Refused("Only somebody of a practice can start a shift")
    now = now or timezone.now()
    key = secrets.token_urlsafe(32)
    ends = now + timedelta(hours=by.practice.shift_hours)
    return Shift.objects.create(key_hash=digest(key), started_by=by, started_at=now, ends_at=ends), key


def digest(key: str) -> str:
    """A random key of 256 bits needs no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def open_shift(key: str, now: datetime | None = None) -> Shift | None:
    """The shift of the device that keeps this key, while it lasts and whoever began it still works here."""
    if not key:
        return None
    found = Shift.objects.select_related("started_by__practice").filter(key_hash=digest(key)).first()
    if found is None or not found.is_open(now or timezone.now()) or not found.started_by.is_active:
        return None
    return found


def team(shift: Shift) -> QuerySet[Staff]:
    """Who may enter by PIN on this device: colleagues of whoever began the shift, with a PIN of their own."""
    mine = Staff.objects.filter(practice=shift.started_by.practice, is_active=True, pin__isnull=False)
    return mine.filter(role__in=CAPABILITIES["shift.join"], password_is_given=False).order_by("sort_name")


@transaction.atomic
def end(*, shift: Shift, now: datetime | None = None) -> None:
    """The device asks for a full sign-in again; whoever entered by PIN on it is signed out."""
    now = now or timezone.now()
    Shift.objects.filter(pk=shift.pk, ended_at__isnull=True).update(ended_at=now)
    SignIn.objects.filter(shift=shift, ended_at__isnull=True).update(ended_at=now)
