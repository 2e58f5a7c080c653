"""A question from one colleague to another about a visit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from injections.models.columns import paired, within
from injections.models.practice import PracticeRow


class Question(PracticeRow):
    """Asked by a physician at co-sign or by a biller at review; answered by the one who was there."""

    place: ClassVar[str] = "encounter__location"
    about: ClassVar[str] = "encounter__patient"

    encounter = models.ForeignKey("injections.Encounter", on_delete=models.PROTECT, related_name="questions")
    administration = models.ForeignKey(
        "injections.Administration", on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    asked_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="questions")
    asked_at = models.DateTimeField(auto_now_add=True)
    text = models.CharField(max_length=500)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            paired("answered_by", "answered_at", "question_answered_by_and_at"),
            within("question_within", moments="answered_at"),
        ]

    def __str__(self) -> str:
        return self.text
