"""A lot that nobody may get any more, and how the patients who got it were reached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Trim, Upper

from injections.models.columns import within
from injections.models.practice import PracticeRow


class Recall(PracticeRow):
    """One lot of one product, stopped in the whole practice. Insert-only: what was stopped stays stopped."""

    product = models.ForeignKey("injections.Product", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    stopped_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()

    class Meta:
        ordering = ["-stopped_at", "-pk"]
        constraints = [
            models.UniqueConstraint("practice", "product", Upper(Trim("number")), name="recall_once"),
            within("recall_within", moments="stopped_at"),
            models.CheckConstraint(condition=Q(number__regex=r"\S") & Q(reason__regex=r"\S"), name="recall_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.product} lot {self.number}"


class Reached(models.TextChoices):
    """How far one try to reach a patient came."""

    SPOKE = "spoke", "Spoke with the patient"
    MESSAGE = "message", "Left a message to call back"
    NO_ANSWER = "no-answer", "No answer"
    LETTER = "letter", "Letter sent"
    SEEN = "seen", "Seen here"
    DECLINED = "declined", "Does not want to be called again"


class RecallContact(PracticeRow):
    """One try to reach one patient. Insert-only; the last one says where it stands."""

    about: ClassVar[str] = "patient"

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="contacts")
    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="+")
    reached = models.CharField(max_length=10, choices=Reached.choices)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_reached_display()
