"""Who put their name to what, when, and with which meaning."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections.models.columns import within
from injections.models.practice import PracticeRow


class Meaning(models.TextChoices):
    """What a signature says (21 CFR 11.50)."""

    ADMINISTERED = "administered", "I gave this injection"
    NOT_GIVEN = "not-given", "This injection was not given"
    ENTERED_IN_ERROR = "entered-in-error", "This record was entered in error"
    CORRECTED = "corrected", "I corrected this record of an injection that somebody else gave"
    COSIGNED = "co-signed", "I reviewed this injection and agree"


class Signature(PracticeRow):
    """A name under exact content. Insert-only.

    ``content`` is the canonical text of what was on the page and ``content_hash`` its SHA-256, so that a signature
    copied under another record, or a record changed beneath it, shows.
    """

    place: ClassVar[str] = "administration__encounter__location"
    about: ClassVar[str] = "administration__encounter__patient"

    administration = models.ForeignKey("injections.Administration", on_delete=models.PROTECT, related_name="signatures")
    signer = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="signatures")
    printed_name = models.CharField(max_length=160)
    credential = models.CharField(max_length=20, blank=True)
    meaning = models.CharField(max_length=20, choices=Meaning.choices)
    signed_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    content = models.TextField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "meaning"], name="signature_once_per_meaning"),
            models.CheckConstraint(condition=~Q(content="") & ~Q(printed_name=""), name="signature_has_content"),
            within("signature_within", moments="signed_at"),
        ]

    def __str__(self) -> str:
        return f"{self.printed_name}: {self.get_meaning_display()}"
