"""What a plan approved beforehand: a drug's code, for some days and some units."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from injections.models.columns import paired, within
from injections.models.practice import PracticeQuerySet, PracticeRow


class ApprovalQuerySet(PracticeQuerySet["Approval"]):
    def standing(self) -> ApprovalQuerySet:
        """Those that nobody took back."""
        return self.filter(withdrawn_at__isnull=True)

    def for_codes(self, codes: list[str], day: date) -> ApprovalQuerySet:
        """Those that a dose under one of these codes could use on that day or later, the first to end first."""
        lasting = Q(until__isnull=True) | Q(until__gte=day)
        return self.standing().filter(lasting, code__in=codes).order_by(F("until").asc(nulls_last=True), "pk")


class Approval(PracticeRow):
    """A plan's yes to ``units`` of ``code`` (the units of the bill) from ``since`` to ``until``, under its ``number``.

    Without ``until`` or ``units`` the plan set no end and no limit. An approval that was entered wrongly is withdrawn
    and stays in the record.
    """

    about: ClassVar[str] = "coverage__patient"

    coverage = models.ForeignKey("injections.Coverage", on_delete=models.PROTECT, related_name="approvals")
    code = models.CharField(max_length=5)
    number = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    units = models.PositiveIntegerField(null=True, blank=True)
    entered_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()  # type: ignore[misc]  # django-stubs loses the model of a generic query set

    class Meta:
        ordering = ["pk"]
        constraints = [
            within("approval_within", days="since until", moments="withdrawn_at", units=(1, 9_999_999)),
            models.CheckConstraint(condition=Q(code__regex="^[A-Z0-9]{5}$"), name="approval_code_shape"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="approval_dates_in_order"
            ),
            paired("withdrawn_by", "withdrawn_at", "approval_withdrawn_by_and_at"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"
