"""The wait after a dose, and how it ended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections import facts
from injections.models.columns import within
from injections.models.practice import PracticeRow


class Ended(models.TextChoices):
    """How the wait ended."""

    NO_REACTION = "no-reaction", "No reaction"
    REACTION = "reaction", "Reaction"
    LEFT_EARLY = "left-early", "Left before the end"


class Observation(PracticeRow):
    """What was seen at the end of the wait. Insert-only; the last one of a dose counts."""

    place: ClassVar[str] = "administration__encounter__location"
    about: ClassVar[str] = "administration__encounter__patient"

    administration = models.ForeignKey(
        "injections.Administration", on_delete=models.PROTECT, related_name="observations"
    )
    minutes = models.PositiveSmallIntegerField()
    ended = models.CharField(max_length=12, choices=Ended.choices)
    response = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__lte=1440), name="observation_minutes_bounds"),
            within("observation_within", moments="recorded_at"),
            models.CheckConstraint(
                condition=Q(ended=Ended.NO_REACTION) | ~Q(response=""), name="observation_says_what_happened"
            ),
        ]

    def __str__(self) -> str:
        return self.get_ended_display()

    def as_fact(self) -> facts.Observation:
        return facts.Observation(minutes=self.minutes, ended=self.ended, response=self.response or None)
