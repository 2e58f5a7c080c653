"""What rows of the bill have in common."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class Origin(models.TextChoices):
    """Where a row of reference came from."""

    SHIPPED = "shipped", "Shipped with Deltoid"
    IMPORTED = "imported", "Imported from a public table"
    PRACTICE = "practice", "Added by a practice"


class PracticeQuerySet(models.QuerySet[Row]):
    """Rows of one practice. Views never start from all rows."""

    def for_user(self, user: Any) -> Self:
        """What this person's practice owns; nothing at all for somebody without a practice."""
        practice_id = getattr(user, "practice_id", None)
        return self.none() if practice_id is None else self.filter(practice_id=practice_id)


class PracticeRow(models.Model):
    """A row that belongs to one practice."""

    practice = models.ForeignKey("injections.Practice", on_delete=models.PROTECT, related_name="+")

    objects = PracticeQuerySet.as_manager()

    class Meta:
        abstract = True
