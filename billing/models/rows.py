"""What rows of the bill have in common."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models

from injections import reach

Row = TypeVar("Row", bound=models.Model)

#: no day that a person enters lies outside, in the table as in the form
DAYS = ("1900-01-01", "2100-12-31")


class Origin(models.TextChoices):
    """Where a row of reference came from."""

    SHIPPED = "shipped", "Shipped with Deltoid"
    IMPORTED = "imported", "Imported from a public table"
    PRACTICE = "practice", "Added by a practice"


class PracticeQuerySet(models.QuerySet[Row]):
    """Rows of one practice. Views never start from all rows."""

    def for_user(self, user: Any) -> Self:
        """What this person reaches in their practice: see :mod:`injections.reach`."""
        return reach.within(self, user)


class PracticeRow(models.Model):
    """A row that belongs to one practice."""

    practice = models.ForeignKey("injections.Practice", on_delete=models.PROTECT, related_name="+")

    objects = PracticeQuerySet.as_manager()

    class Meta:
        abstract = True
