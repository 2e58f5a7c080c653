"""A reaction after a dose: when it began, and everything that was seen, done and given until it ended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections.models.columns import within
from injections.models.practice import PracticeRow


class Reaction(PracticeRow):
    """Somebody called a reaction after this dose. Insert-only: it ends with an entry that says how."""

    place: ClassVar[str] = "administration__encounter__location"
    about: ClassVar[str] = "administration__encounter__patient"

    administration = models.ForeignKey("injections.Administration", on_delete=models.PROTECT, related_name="reactions")
    began_at = models.DateTimeField()
    opened_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["administration"], name="reaction_once"),
            within("reaction_within", moments="began_at"),
        ]

    def __str__(self) -> str:
        return f"Reaction {self.pk}"


class EntryKind(models.TextChoices):
    """What a line of the log is."""

    STEP = "step", "Done"
    SIGN = "sign", "Seen"
    MEASURED = "measured", "Measured"
    DRUG = "drug", "Given"
    NOTE = "note", "Note"
    OUTCOME = "outcome", "Ended"


class ReactionEntry(PracticeRow):
    """One line of the log: what, and at which time. ``happened_at`` may be earlier than when it was written down."""

    place: ClassVar[str] = "reaction__administration__encounter__location"
    about: ClassVar[str] = "reaction__administration__encounter__patient"

    reaction = models.ForeignKey(Reaction, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    text = models.CharField(max_length=200)
    happened_at = models.DateTimeField()
    noted_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="reaction_entry_says_something"),
            within("reaction_entry_within", moments="happened_at"),
            models.UniqueConstraint(fields=["reaction"], condition=Q(kind="outcome"), name="reaction_ends_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"
