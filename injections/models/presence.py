"""Which practitioner could be called on, from when to when, and who says so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from injections import facts
from injections.models.columns import paired, within
from injections.models.practice import PracticeRow


class PresenceMode(models.TextChoices):
    IN_SUITE = "in-suite", "In the suite"
    AUDIO_VIDEO = "audio-video", "On live video"


class Presence(PracticeRow):
    """One stretch of time during which a practitioner was immediately available at a location."""

    place: ClassVar[str] = "location"

    location = models.ForeignKey("injections.Location", on_delete=models.PROTECT, related_name="presences")
    clinician = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="presences")
    mode = models.CharField(max_length=12, choices=PresenceMode.choices, default=PresenceMode.IN_SUITE)
    technology = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    asserted_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    asserted_at = models.DateTimeField(auto_now_add=True)
    #: said afterwards, because nobody checked them in: ``since`` is when they came, ``asserted_at`` when it was typed
    said_later = models.BooleanField(default=False)
    ended_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="presence_in_order"),
            paired("until", "ended_by", "presence_end_and_by"),
            within("presence_within", moments="since until"),
            models.UniqueConstraint(
                fields=["location", "clinician"], condition=Q(until__isnull=True), name="presence_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinician} {self.get_mode_display()}"

    def as_fact(self) -> facts.Supervision:
        return facts.Supervision(
            mode=facts.SupervisionMode(self.mode),
            clinician=self.clinician.as_fact(),
            since=self.since,
            until=self.until,
            technology=self.technology or None,
            asserted_by=f"{self.asserted_by.full_name}{self.later_words}",
        )

    @property
    def later_words(self) -> str:
        """ ", said later, 21 Nov 2026 14:05"; empty where it was said at once."""
        if not self.said_later:
            return ""
        typed = self.asserted_at.astimezone(self.practice.zone)
        return f", said later, {typed.day} {typed:%b %Y %H:%M}"
