"""Who pays for a patient's care, in order."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections.models.columns import within
from injections.models.practice import PracticeRow


class Coverage(PracticeRow):
    """One plan of a patient. ``payer_key`` names a payer of the bill; ``rank`` 1 is billed first."""

    about: ClassVar[str] = "patient"

    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="coverages")
    payer_key = models.CharField("payer", max_length=60)
    member_number = models.CharField(max_length=40, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "rank"], name="coverage_rank_once"),
            within("coverage_within", days="since until"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=9), name="coverage_rank_bounds"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since")),
                name="coverage_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer_key} {self.member_number}".strip()
