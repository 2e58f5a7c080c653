"""An order that waits: nothing is given on it before a day. Rows that never change; the last one of an order counts."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from injections.models.columns import within
from injections.models.practice import PracticeRow


class OrderPause(PracticeRow):
    """From ``since`` on nothing is given on the order before ``until``.

    Whoever lets it go on earlier says so with a row of their own, whose two days are one. FHIR: a MedicationRequest
    that is on hold.
    """

    about: ClassVar[str] = "order__patient"

    order = models.ForeignKey("injections.Order", on_delete=models.PROTECT, related_name="pauses")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)
    said_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            within("order_pause_within", days="since until", moments="said_at"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="order_pause_days_in_order"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="order_pause_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def lets_go_on(self) -> bool:
        """Whether it ends the wait that stood before it."""
        return self.until == self.since

    def holds_on(self, day: date) -> bool:
        return self.since <= day < self.until
