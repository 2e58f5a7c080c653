"""Who reaches less than the whole practice, and who was let in all the same."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from injections.models.columns import within
from injections.models.practice import PracticeRow

LONGEST = timedelta(hours=1)


class LocationLimit(PracticeRow):
    """One location that somebody is limited to. Somebody without a row here works in the whole practice."""

    staff = models.ForeignKey("injections.Staff", on_delete=models.CASCADE, related_name="location_limits")
    location = models.ForeignKey("injections.Location", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "location"], name="location_limit_once")]

    def __str__(self) -> str:
        return str(self.location)


class EmergencyAccess(PracticeRow):
    """Somebody opened one patient whom they do not otherwise reach, and said why.

    Insert-only; it ends by its time, or earlier by a row of its own.

    It has no ``about``: administrators see every access, and of the patient only the record number.
    """

    staff = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="emergencies")
    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["staff", "until"], name="emergency_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since"), until__lte=F("since") + LONGEST),
                name="emergency_one_hour",
            ),
            within("emergency_within", moments="since until"),
        ]

    def __str__(self) -> str:
        return f"{self.staff} {self.since:%Y-%m-%d %H:%M}"


class EmergencyEnd(PracticeRow):
    """Somebody closed the record again before its time, by themselves or by an administrator. Insert-only."""

    access = models.OneToOneField(EmergencyAccess, on_delete=models.PROTECT, related_name="end")
    by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [within("emergency_end_within", moments="at")]

    def __str__(self) -> str:
        return f"{self.access} ended {self.at:%H:%M}"
