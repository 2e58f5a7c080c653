"""What a practitioner asked for: one dose, or a series of them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from injections import facts
from injections.models.columns import (
    AMOUNTS,
    amount_column,
    paired,
    quantity_or_none,
    unit_column,
    whole_amount,
    within,
)
from injections.models.practice import PracticeRow


class OrderKind(models.TextChoices):
    """A patient-specific order is the normal case; a protocol is a named thing that states limit."""

    ONCE = "once", "Once"
    SERIES = "series", "Series"
    SPOKEN = "spoken", "Spoken order"
    PROTOCOL = "protocol", "Protocol"


class Order(PracticeRow):
    """An order or series. A series says how often (``every_days``), how many, and how early or late a dose may be.

    ``ordered_by`` decided it, ``recorded_by`` wrote it down: not the same person when the order was spoken.
    """

    about: ClassVar[str] = "patient"

    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=10, choices=OrderKind.choices, default=OrderKind.ONCE)
    product = models.ForeignKey("injections.Product", on_delete=models.PROTECT, related_name="+")
    dose_amount = amount_column()
    dose_unit = unit_column()
    route = models.CharField(max_length=20)
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    doses_planned = models.PositiveSmallIntegerField(null=True, blank=True)
    early_days = models.PositiveSmallIntegerField(default=0)
    late_days = models.PositiveSmallIntegerField(default=0)
    diagnoses = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    reason = models.CharField("reason for use", max_length=200, blank=True)
    ordered_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ordered_on = models.DateField()
    starts_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    signed_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="signed_orders"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stop_reason = models.CharField(max_length=200, blank=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-ordered_on", "-pk"]
        constraints = [
            whole_amount("dose_amount", "dose_unit", "order_dose_with_unit"),
            models.CheckConstraint(condition=Q(dose_amount__gt=0), name="order_dose_above_zero"),
            models.CheckConstraint(
                condition=~Q(kind="series") | Q(every_days__isnull=False, every_days__gte=1, every_days__lte=800),
                name="order_series_has_interval",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=models.F("starts_on")),
                name="order_dates_in_order",
            ),
            paired("signed_by", "signed_at", "order_signed_by_and_at"),
            within(
                "order_within",
                days="ordered_on starts_on expires_on stopped_on",
                moments="signed_at",
                dose_amount=AMOUNTS,
                every_days=(1, 800),
                doses_planned=(1, 400),
                early_days=(0, 800),
                late_days=(0, 800),
            ),
            paired("stopped_by", "stopped_on", "order_stopped_by_and_on"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.dose_amount} {self.dose_unit}"

    @property
    def frequency(self) -> str:
        """How often, in words: "once", "every 4 weeks"."""
        if self.kind != OrderKind.SERIES or not self.every_days:
            return "once"
        if self.every_days in (30, 31):
            return "monthly"
        weeks, days = divmod(self.every_days, 7)
        if days:
            return f"every {self.every_days} days"
        return "weekly" if weeks == 1 else f"every {weeks} weeks"

    def as_fact(self) -> facts.Order:
        return facts.Order(
            kind=self.kind,
            signed=self.signed_at is not None,
            date=self.ordered_on,
            expires=self.expires_on,
            drug=self.product.key,
            display=self.product.display,
            dose=quantity_or_none(self.dose_amount, self.dose_unit),
            route=self.route,
            frequency=self.frequency,
            clinician=self.ordered_by.as_fact(),
            reason=self.reason or None,
        )
