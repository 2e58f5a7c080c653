"""The public tables that charges are checked against, as rows. Columns are named as in ``billing.reference.tables``."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from billing.models.rows import Origin


class TableRow(models.Model):
    """One row of a public table."""

    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.SHIPPED)

    class Meta:
        abstract = True


class PeriodRow(TableRow):
    """The dates of service that a table was published for."""

    table = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    source = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "since"], name="period_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.since}"


class PairRow(TableRow):
    """Two codes that are not paid side by side."""

    column1 = models.CharField(max_length=5)
    column2 = models.CharField(max_length=5)
    modifier_allowed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["column1", "column2"], name="pair_once")]

    def __str__(self) -> str:
        return f"{self.column1} {self.column2}"


class LimitRow(TableRow):
    """The most units of a code that are expected for one patient and day."""

    code = models.CharField(max_length=5, unique=True)
    units = models.PositiveIntegerField()
    indicator = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.code} {self.units}"


class PlaceRow(TableRow):
    """A place of service, in our own words."""

    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=120)
    facility = models.BooleanField()

    def __str__(self) -> str:
        return self.name


class PriceRow(TableRow):
    """What Medicare allows for one unit on some dates of service."""

    code = models.CharField(max_length=5)
    amount = models.DecimalField(max_digits=12, decimal_places=4)
    since = models.DateField()
    until = models.DateField()
    source = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "since"], name="price_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"


class ReplacementRow(TableRow):
    """A code that ended and the one that took over."""

    code = models.CharField(max_length=5)
    until = models.DateField()
    successor = models.CharField(max_length=5)
    source = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "until", "successor"], name="replacement_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.successor}"


class SelfGivenRow(TableRow):
    """A drug that Medicare holds to be usually given by patients themselves."""

    code = models.CharField(max_length=5)
    routes = ArrayField(models.CharField(max_length=20), default=list)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    contractor = models.CharField(max_length=60, null=True, blank=True)
    source = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.code


class DiagnosisRow(TableRow):
    """A published diagnosis code, or a heading that needs more characters."""

    code = models.CharField(max_length=8, unique=True)
    complete = models.BooleanField()

    def __str__(self) -> str:
        return self.code


class EditionRow(models.Model):
    """The state of the reference after a load. The newest row is in force; processes keep what they read until then.

    ``digest`` tells whether the shipped files have changed since they were last loaded.
    """

    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.digest[:12]


class ShippedFiles(models.Model):
    """The files that a release shipped, as they were loaded: what an old answer rested on can be read again.

    ``digest`` is the fingerprint of the files and rules, ``content`` a packed folder. Insert-only.
    """

    edition = models.OneToOneField(EditionRow, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.digest
