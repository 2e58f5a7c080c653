"""Who is at which screen: sign-ins, the shift of a shared device, PINs, and wrong tries.

None of these rows names a practice: they are read before anybody is known, and lead to one through their person.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from injections.models.columns import within


class Shift(models.Model):
    """A shared device on which colleagues change by name and PIN. Whoever signed in fully answers for its start.

    ``key_hash`` is the SHA-256 of what the device keeps in a cookie.
    """

    key_hash = models.CharField(max_length=64, unique=True)
    started_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("started_at")), name="shift_ends_later"),
            within("shift_within", moments="started_at ends_at ended_at"),
        ]

    def __str__(self) -> str:
        return f"shift {self.pk}"

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and self.started_at <= now < self.ends_at


class SignIn(models.Model):
    """One person at one screen, from signing in to signing out. The session holds its number and nothing else of it.

    ``seen_at`` is the last time the person did something there, ``locked_at`` since when the screen waits for them.
    """

    class How(models.TextChoices):
        """What was shown at the door."""

        PASSWORD = "password", "Password, without a second factor yet"
        FULL = "full", "Password and second factor"
        PIN = "pin", "PIN on a device in its shift"

    staff = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="sign_ins")
    practice_then = models.BigIntegerField(null=True)  # a person who moves to another practice is out at once
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, related_name="sign_ins")
    how = models.CharField(max_length=10, choices=How.choices)
    address = models.GenericIPAddressField(null=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    first_signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["staff"], condition=Q(ended_at__isnull=True), name="sign_in_open")]
        constraints = [
            models.CheckConstraint(condition=Q(shift__isnull=True) | Q(how="pin"), name="sign_in_pin_in_shift"),
            models.CheckConstraint(condition=~Q(how="pin") | Q(shift__isnull=False), name="sign_in_shift_by_pin"),
            within("sign_in_within", moments="started_at seen_at locked_at first_signed_at ended_at"),
        ]

    def __str__(self) -> str:
        return f"sign-in {self.pk}"

    def is_idle(self, now: datetime, allowed: timedelta) -> bool:
        """Whether nobody did anything for longer than the practice allows, or the screen is locked already."""
        return self.locked_at is not None or now - self.seen_at > allowed


class Pin(models.Model):
    """What a person types on a shared device, as its hash. Only they set it, after a full sign-in."""

    staff = models.OneToOneField("injections.Staff", on_delete=models.PROTECT, related_name="pin")
    secret = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [within("pin_within", moments="set_at")]

    def __str__(self) -> str:
        return f"PIN {self.pk}"


class Tries(models.Model):
    """Wrong tries in a row, for each person and each kind of secret."""

    class Kind(models.TextChoices):
        PIN = "pin", "PIN"
        CODE = "code", "Code"
        PASSWORD = "password", "Password to sign"
        ENROLMENT = "enrolment", "Code for a new phone"

    staff = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    failures = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "kind"], name="tries_once_per_kind"),
            within("tries_within", moments="last_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.failures}"
