"""What is on paper for the hours without Deltoid."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from injections.models.practice import PracticeRow


class DowntimePack(PracticeRow):
    """The sheets for one location and day, as they were when last made. ``patients`` are those it names, by number."""

    place: ClassVar[str] = "location"

    location = models.ForeignKey("injections.Location", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    made_at = models.DateTimeField()
    content = models.BinaryField()
    patients = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        ordering = ["day", "location__name"]
        constraints = [
            models.UniqueConstraint(fields=["location", "day"], name="downtime_pack_once"),
            models.CheckConstraint(
                condition=Q(day__gte="2000-01-01", day__lte="2100-12-31"), name="downtime_pack_day_bounds"
            ),
            models.CheckConstraint(
                condition=Q(made_at__gte="2000-01-01T00:00:00Z", made_at__lt="2101-01-01T00:00:00Z"),
                name="downtime_pack_made_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location} {self.day}"
