"""What a practitioner asked for: one dose, or a series of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from injections import facts
from injections.codec import decode
from injections.models.columns import (
    AMOUNTS,
    amount_column,
    paired,
    quantity_or_none,
    unit_column,
    whole_amount,
    within,
)
from injections.models.order_pause import OrderPause
from injections.models.practice import PracticeRow
from injections.quantity import Quantity


class OrderKind(models.TextChoices):
    """A patient-specific order is the normal case; a protocol is a named thing that states limit."""

    ONCE = "once", "Once"
    SERIES = "series", "Series"
    SPOKEN = "spoken", "Spoken order"
    PROTOCOL = "protocol", "Protocol"


class Order(PracticeRow):
    """An order or series. A series says how often (``every_days``), how many, and how early or late a dose may be.

    ``loading`` are the doses that a series begins with where they come faster, or are of another amount, than those
    that follow: :class:`facts.LoadingDose` as the codec writes them. Without any, every dose is like every other.

    An order under a ``protocol`` is for the day on which somebody used it, with the signature of the protocol.

    ``pause`` is what was said last about a wait; ``pauses`` are all of it.

    ``ordered_by`` decided it, ``recorded_by`` wrote it down: not the same person when the order was spoken.
    """

    about: ClassVar[str] = "patient"

    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="orders")
    protocol = models.ForeignKey(
        "injections.StandingOrder", on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    kind = models.CharField(max_length=10, choices=OrderKind.choices, default=OrderKind.ONCE)
    product = models.ForeignKey("injections.Product", on_delete=models.PROTECT, related_name="+")
    dose_amount = amount_column()
    dose_unit = unit_column()
    route = models.CharField(max_length=20)
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    doses_planned = models.PositiveSmallIntegerField(null=True, blank=True)
    loading = models.JSONField(default=list, blank=True)
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
    pause = models.ForeignKey(
        "injections.OrderPause", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
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
            models.CheckConstraint(condition=Q(loading=[]) | Q(kind="series"), name="order_loading_of_series"),
            models.CheckConstraint(
                condition=Q(protocol__isnull=True) | Q(kind="protocol"), name="order_protocol_of_its_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.dose_amount} {self.dose_unit}"

    @property
    def frequency(self) -> str:
        """How often, in words: "once", "every 4 weeks", "loading doses at weeks 0, 2 and 4, then every 4 weeks"."""
        return self.schedule.words

    @property
    def whose(self) -> str:
        """Who wants it given, on a list: "Dr Adams", or "under the protocol “Flu shot” of Dr Adams"."""
        return self.under_protocol(self.ordered_by.short_name)

    @property
    def signed_as(self) -> str:
        """The same with the printed name, as a record has it."""
        return self.under_protocol(self.ordered_by.signs_as)

    def under_protocol(self, name: str) -> str:
        return f"under the protocol “{self.protocol}” of {name}" if self.protocol else name

    @property
    def planned(self) -> int | None:
        """How many doses it is for: a protocol may be carried out again, and a series may be without end."""
        if self.kind == OrderKind.PROTOCOL:
            return None
        return self.doses_planned if self.kind == OrderKind.SERIES else 1

    def waits_on(self, day: date) -> OrderPause | None:
        """The wait under which nothing is given on that day."""
        return self.pause if self.pause is not None and self.pause.holds_on(day) else None

    @property
    def schedule(self) -> facts.Schedule:
        """When its doses come. Everything that says a day, a dose or how often goes by this."""
        return facts.Schedule(
            every_days=(self.every_days or 0) if self.kind == OrderKind.SERIES else 0,
            planned=self.planned,
            early_days=self.early_days,
            late_days=self.late_days,
            loading=tuple(decode(facts.LoadingDose, step) for step in self.loading),
        )

    def dose_of(self, number: int | None) -> Quantity | None:
        """How much that dose of it is: its loading dose, else what the order says of every dose."""
        loads = self.schedule.loading_dose(number) if number is not None else None
        return loads.dose if loads and loads.dose else quantity_or_none(self.dose_amount, self.dose_unit)

    @property
    def next_amount(self) -> Quantity | None:
        """How much its next dose is, of an order that was read with the count of its doses."""
        return self.dose_of(getattr(self, "given", 0) + 1)

    def as_fact(self, number: int | None = None) -> facts.Order:
        """The order, for its dose of that number where it says something else of each."""
        return facts.Order(
            kind=self.kind,
            signed=self.signed_at is not None,
            date=self.ordered_on,
            expires=self.expires_on,
            drug=self.product.key,
            display=self.product.display,
            dose=self.dose_of(number),
            route=self.route,
            frequency=self.frequency,
            clinician=self.ordered_by.as_fact(),
            reason=self.reason or None,
            starts=self.starts_on,
            gap_days=self._gap_before(number),
        )

    def _gap_before(self, number: int | None) -> int | None:
        """The fewest days before a dose that follows another; ``None`` where the order does not say how often."""
        if self.kind != OrderKind.SERIES or (number is None and self.loading):
            return None
        later = number or 2  # without loading doses every one after the first is alike
        return max(0, self.schedule.days_before(later) - self.schedule.window(later)[0]) or None
