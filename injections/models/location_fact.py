"""What was said later of a location. Rows that never change: a correction is a row of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections.models.columns import within
from injections.models.practice import PracticeRow


class LocationFact(PracticeRow):
    """From the day of service ``since`` on, this fact of the location reads ``said``.

    Of several rows for a day the one said last holds. Days before the first row, and facts without one, go by the
    location's own columns. A claim file that is made again reads what had been said when it was made first.
    """

    class Fact(models.TextChoices):
        NAME = "name", "Name"
        STATE = "state", "State"
        NPI = "npi", "NPI"

    place: ClassVar[str] = "location"

    location = models.ForeignKey("injections.Location", on_delete=models.PROTECT, related_name="later")
    fact = models.CharField(max_length=5, choices=Fact.choices)
    said = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    said_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            within("location_fact_within", days="since"),
            models.CheckConstraint(condition=Q(fact__in=["name", "state", "npi"]), name="location_fact_known"),
            models.CheckConstraint(
                condition=(Q(fact="name") & ~Q(said=""))
                | Q(fact="state", said__regex="^[A-Z]{2}$")
                | Q(fact="npi", said__regex="^([0-9]{10})?$"),
                name="location_fact_readable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fact_display()} {self.said or 'none'}"
