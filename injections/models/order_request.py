"""Asking a practitioner about an order that cannot be given as it stands: unsigned, or past its end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections.models.columns import paired, within
from injections.models.practice import PracticeRow


class OrderRequest(PracticeRow):
    """One tap of a nurse. Open until the order is signed, renewed or stopped; at most one is open for an order."""

    about: ClassVar[str] = "order__patient"

    order = models.ForeignKey("injections.Order", on_delete=models.PROTECT, related_name="requests")
    asked_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="order_requests")
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            paired("answered_by", "answered_at", "order_request_answered_by_and_at"),
            within("order_request_within", moments="answered_at"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(answered_at__isnull=True), name="order_request_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} about {self.order}"
