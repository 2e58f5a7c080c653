"""What kind of place a location is from a day on. Rows that never change: another kind is a row of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from injections import place_codes
from injections.models.columns import within
from injections.models.practice import PracticeRow


class LocationPlace(PracticeRow):
    """From the day of service ``since`` on, the location is a place of this kind (``code``, two digits of CMS's).

    Of several rows for a day the one said last holds. Days before the first row go by ``Location.place_of_service``.
    """

    place: ClassVar[str] = "location"

    location = models.ForeignKey("injections.Location", on_delete=models.PROTECT, related_name="places")
    code = models.CharField("place-of-service code", max_length=2)
    since = models.DateField()
    said_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            within("location_place_within", days="since"),
            models.CheckConstraint(condition=models.Q(code__regex="^[0-9]{2}$"), name="location_place_digits"),
        ]

    def __str__(self) -> str:
        return place_codes.words(self.code)
