"""Files that somebody brought along: kept as they came, looked at by a worker, taken whole or not at all."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from injections.models.columns import paired, within
from injections.models.practice import PracticeRow


class Upload(PracticeRow):
    """One file of a practice. The same bytes again are the same row, so a file is never imported twice.

    ``found`` is what a reader saw in it, as the page shows it; ``plan_digest`` names what it would do.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        READ = "read", "Looked at"
        REFUSED = "refused", "Not taken"
        CONFIRMED = "confirmed", "Waiting to be imported"
        IMPORTED = "imported", "Imported"
        FAILED = "failed", "Stopped"

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    found = models.JSONField(default=dict, blank=True)
    plan_digest = models.CharField(max_length=64, blank=True)
    changed = models.CharField(max_length=300, blank=True)
    lines = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_until = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind", "sha256"], name="upload_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="upload_sha256"),
            models.CheckConstraint(condition=Q(lines__lte=1_000_000, attempts__lte=100), name="upload_bounds"),
            within("upload_within", moments="taken_until uploaded_at imported_at"),
            paired("imported_at", "imported_by", "upload_imported_at_and_by"),
            models.CheckConstraint(
                condition=Q(state="imported", imported_at__isnull=False)
                | (~Q(state="imported") & Q(imported_at__isnull=True)),
                name="upload_imported_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state"], condition=Q(state__in=["waiting", "confirmed"]), name="upload_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_owed(self) -> bool:
        """Whether a worker still has something to do."""
        return self.state in (self.State.WAITING, self.State.CONFIRMED)
