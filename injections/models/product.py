"""Drugs, their codes by date and their packages, as loaded from the formulary or added by a practice."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from injections.models.columns import amount_column, unit_column, whole_amount


class Origin(models.TextChoices):
    """Where a row of reference came from."""

    SHIPPED = "shipped", "Shipped with Deltoid"
    IMPORTED = "imported", "Imported from a public table"
    PRACTICE = "practice", "Added by a practice"


class Product(models.Model):
    """A drug with its own code. ``details`` holds the facts that are only read whole (limits, screening, notes)."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    display = models.CharField(max_length=120)
    brands = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    synonyms = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    classes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    routes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    details = models.JSONField(default=dict)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.SHIPPED)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.display


class Coding(models.Model):
    """The HCPCS code of a product for some dates of service. No amount: one unit is one dose."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="codings")
    code = models.CharField(max_length=5)
    unit_amount = amount_column()
    unit = unit_column()
    up_to = models.BooleanField(default=False)
    routes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    payer_kinds = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.SHIPPED)

    class Meta:
        ordering = ["product", "since", "code"]
        constraints = [
            models.UniqueConstraint(fields=["product", "code", "since"], name="coding_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="coding_dates_in_order",
            ),
            whole_amount("unit_amount", "unit", "coding_amount_with_unit"),
        ]

    def __str__(self) -> str:
        return self.code


class Package(models.Model):
    """One container with its NDC and labelled content."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="packages")
    ndc = models.CharField("NDC", max_length=14, unique=True)
    labeler = models.CharField(max_length=120, blank=True)
    brand = models.CharField(max_length=120, blank=True)
    container = models.CharField(max_length=20, default="vial")
    form = models.CharField(max_length=20, default="solution")
    holds_amount = amount_column()
    holds_unit = unit_column()
    volume_ml = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    single_dose = models.BooleanField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.SHIPPED)

    class Meta:
        ordering = ["product", "ndc"]
        constraints = [whole_amount("holds_amount", "holds_unit", "package_content_with_unit")]

    def __str__(self) -> str:
        return self.ndc
