"""Who is expected when, and for which order."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from injections.models.columns import paired, within
from injections.models.practice import PracticeRow


class Appointment(PracticeRow):
    """A patient expected at a place and time. It becomes an encounter when somebody opens it."""

    place: ClassVar[str] = "location"
    about: ClassVar[str] = "patient"

    location = models.ForeignKey("injections.Location", on_delete=models.PROTECT, related_name="appointments")
    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="appointments")
    order = models.ForeignKey(
        "injections.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    starts_at = models.DateTimeField()
    room = models.CharField(max_length=20, blank=True)
    walk_in = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submission_key = models.UUIDField(unique=True, null=True, blank=True)
    created_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["location", "starts_at"], name="appointment_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__gte="2000-01-01T00:00Z", starts_at__lt="2100-01-01T00:00Z"),
                name="appointment_bounds",
            ),
            paired("cancelled_at", "cancelled_by", "appointment_cancelled_at_and_by"),
            within("appointment_within", moments="cancelled_at"),
        ]

    def __str__(self) -> str:
        return f"{self.patient} {self.starts_at:%Y-%m-%d %H:%M}"
