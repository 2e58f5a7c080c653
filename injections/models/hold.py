"""Stock on hold: where and when it was too warm or too cold, which lots were there, and what was decided about each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from injections.models.columns import within
from injections.models.practice import PracticeRow
from injections.temperatures import written


class Excursion(PracticeRow):
    """One location was out of range for a while. Insert-only. ``celsius`` is the worst reading."""

    place: ClassVar[str] = "location"

    location = models.ForeignKey("injections.Location", on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    celsius = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    reason = models.CharField(max_length=120)
    reported_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            within("excursion_within", moments="began_at ended_at", celsius=(-100, 100)),
            models.CheckConstraint(condition=Q(ended_at__gt=F("began_at")), name="excursion_lasts"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="excursion_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def warmth(self) -> str:
        """The worst reading in both scales; empty where nobody read it."""
        return written(self.celsius) if self.celsius is not None else ""


class HeldLot(PracticeRow):
    """A lot that was there: nobody gets it until its hold ends. Insert-only."""

    place: ClassVar[str] = "lot__location"

    excursion = models.ForeignKey(Excursion, on_delete=models.PROTECT, related_name="held")
    lot = models.ForeignKey("injections.Lot", on_delete=models.PROTECT, related_name="holds")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["excursion", "lot"], name="held_once")]

    def __str__(self) -> str:
        return f"{self.lot.product}, lot {self.lot}"


class HoldEnd(PracticeRow):
    """What was decided about one lot, by whom outside or inside the practice, and why. Insert-only."""

    place: ClassVar[str] = "held__lot__location"

    class Outcome(models.TextChoices):
        RELEASED = "released", "Released: good to give"
        DISCARDED = "discarded", "Thrown away"

    held = models.OneToOneField(HeldLot, on_delete=models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    decided_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S") & Q(decided_by__regex=r"\S"), name="hold_end_says_who_and_why"
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
