"""Where Medicare places a location of a practice on its fee schedule."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models

from billing.models.rows import PracticeRow


class Locality(PracticeRow):
    """The contractor (five digits) and locality (two) whose amounts a location is paid."""

    location = models.OneToOneField("injections.Location", on_delete=models.PROTECT, related_name="+")
    contractor = models.CharField(max_length=5, validators=[RegexValidator("^[0-9]{5}$")])
    number = models.CharField(max_length=2, validators=[RegexValidator("^[0-9]{2}$")])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contractor__regex="^[0-9]{5}$"), name="locality_contractor_digits"
            ),
            models.CheckConstraint(condition=models.Q(number__regex="^[0-9]{2}$"), name="locality_number_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.contractor}-{self.number}"
