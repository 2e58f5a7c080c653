"""Places of service as imported."""

from __future__ import annotations

from django.db import models

from billing.models.published import PublishedRow, by_key, one_a_day


class PlaceOfService(PublishedRow):
    """Two digits and whether the facility rate is paid there; ``None`` for a number that is not assigned."""

    code = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    facility = models.BooleanField(null=True)

    class Meta:
        constraints = one_a_day("place_of_service", "code")
        indexes = [by_key("place_of_service", "code")]

    def __str__(self) -> str:
        return self.name
