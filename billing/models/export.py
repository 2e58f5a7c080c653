"""What has gone to the practice-management system, and when. A line goes once."""

from __future__ import annotations

from django.db import models

from billing.models.review import ClaimLine
from billing.models.rows import PracticeRow


class Export(PracticeRow):
    """One file of approved lines. Insert-only."""

    by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    submission_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Export {self.pk}"


class ExportedLine(PracticeRow):
    """A line and the file that carried it."""

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="exported")
    line = models.OneToOneField(ClaimLine, on_delete=models.PROTECT, related_name="exported")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.line)
