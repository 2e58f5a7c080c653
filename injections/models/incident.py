"""What went wrong with a drug: opened by a signed record that says so, or reported by hand, and followed up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections.models.columns import within
from injections.models.practice import PracticeRow


class Incident(PracticeRow):
    """One medication error, or one that nearly was. Insert-only: what is found out about it are its notes.

    ``rule`` is the check that spoke when the dose was signed all the same; empty where somebody reported it.
    """

    place: ClassVar[str] = "location"
    about: ClassVar[str] = "administration__encounter__patient"

    location = models.ForeignKey("injections.Location", on_delete=models.PROTECT, related_name="+")
    administration = models.ForeignKey(
        "injections.Administration", on_delete=models.PROTECT, null=True, blank=True, related_name="incidents"
    )
    rule = models.CharField(max_length=80, blank=True)
    what = models.CharField(max_length=300)
    happened_on = models.DateField()
    reported_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            within("incident_within", days="happened_on"),
            models.CheckConstraint(condition=Q(what__regex=r"\S"), name="incident_says_what"),
            models.UniqueConstraint(
                fields=["administration", "rule"], condition=Q(administration__isnull=False), name="incident_once"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class IncidentNote(PracticeRow):
    """One step of the follow-up. Insert-only; the one that ``closes`` says what is done so that it does not recur."""

    place: ClassVar[str] = "incident__location"
    about: ClassVar[str] = "incident__administration__encounter__patient"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=300)
    closes = models.BooleanField(default=False)
    by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="incident_note_says_something"),
            models.UniqueConstraint(fields=["incident"], condition=Q(closes=True), name="incident_closed_once"),
        ]

    def __str__(self) -> str:
        return self.text
