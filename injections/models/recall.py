"""A lot that nobody may get any more, and how the patients who got it were reached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Trim, Upper

from injections.models.columns import within
from injections.models.practice import PracticeRow
from injections.ndc import labelers


class Recall(PracticeRow):
    """One lot of one product, stopped in the whole practice. Insert-only: what was stopped stays stopped.

    ``labeler`` is the first five digits of the maker's NDCs, where two makers use one lot number; "" is every maker.
    """

    product = models.ForeignKey("injections.Product", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    labeler = models.CharField(max_length=5, blank=True)
    reason = models.CharField(max_length=200)
    stopped_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()

    class Meta:
        ordering = ["-stopped_at", "-pk"]
        constraints = [
            models.UniqueConstraint("practice", "product", Upper(Trim("number")), "labeler", name="recall_once"),
            within("recall_within", moments="stopped_at"),
            models.CheckConstraint(condition=Q(labeler__regex=r"^([0-9]{5})?$"), name="recall_labeler_is_five_digits"),
            models.CheckConstraint(condition=Q(number__regex=r"\S") & Q(reason__regex=r"\S"), name="recall_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.product} lot {self.number}"

    def means(self, ndc: str | None) -> bool:
        """Whether a vial of its lot number is recalled, by the NDC on it. One that does not say its maker is."""
        return may_be_of(ndc, self.labeler)


def may_be_of(ndc: str | None, labeler: str) -> bool:
    """Whether a package may be that maker's: it is, or nobody charted whose it is. "" means every maker."""
    makers = labelers(ndc or "")
    return not labeler or not makers or labeler in makers


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
