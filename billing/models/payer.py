"""Who pays, and what each payer wants, since when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from billing.models.rows import Origin


class Payer(models.Model):
    """A payer: shipped with Deltoid (no practice), or added by a practice. ``follows`` answers what it leaves open."""

    practice = models.ForeignKey(
        "injections.Practice", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.SHIPPED)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "key"], name="payer_key_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")), name="payer_follows_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Demand(models.Model):
    """One thing that a payer wants on some dates of service, and on whose word."""

    payer = models.ForeignKey(Payer, on_delete=models.CASCADE, related_name="demands")
    key = models.SlugField(max_length=60)
    value = models.JSONField()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.SHIPPED)

    class Meta:
        ordering = ["payer", "key", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="demand_dates_in_order",
            ),
            ExclusionConstraint(
                name="demand_one_answer_a_day",
                expressions=[
                    ("payer", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer}: {self.key}"
