"""What imported rows have in common: the file they came from, days of service, and the editions they stand in.

A row has two times. ``since`` and ``until`` are days of service (both included; empty is open). ``published_in`` and
``withdrawn_in`` are editions: a row is never edited, a mistake or an end is a row withdrawn and another published, and
what an old answer was based on stays to be seen. Triggers keep it so.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from billing.models.codeset import EditionRow
from billing.models.rows import Origin


class SourceFile(models.Model):
    """One file that was imported, the days of service that it speaks for, and what it did. Insert-only.

    A file has another row when it is imported again after another one had changed what it says.

    A day that no file of a table speaks for is "not checked", whatever rows hold on it. ``whole``: what the file
    does not name is not in force.
    """

    table = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    whole = models.BooleanField()
    counts = models.JSONField(default=dict)
    edition = models.ForeignKey(EditionRow, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="source_file_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (sha256 {self.sha256})"


class PublishedQuerySet(models.QuerySet["PublishedRow"]):
    """Rows of an imported table."""

    def live(self) -> Self:
        """Those of the newest edition."""
        return self.filter(withdrawn_in=None)

    def on(self, day: date) -> Self:
        """Those in force on a day of service."""
        begun = Q(since=None) | Q(since__lte=day)
        return self.live().filter(begun, Q(until=None) | Q(until__gte=day))

    def as_of(self, edition: int) -> Self:
        """Those that stood in an edition, to see what an old answer was based on."""
        return self.filter(published_in__lte=edition).filter(Q(withdrawn_in=None) | Q(withdrawn_in__gt=edition))


class PublishedRow(models.Model):
    """One row of an imported table on some days of service. ``source`` names the file and its hash."""

    # Editions and files are never deleted, so nothing looks rows up by them: millions of rows go without those indexes.
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.IMPORTED)
    source = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    published_in = models.ForeignKey(EditionRow, on_delete=models.PROTECT, related_name="+", db_index=False)
    withdrawn_in = models.ForeignKey(
        EditionRow, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def content(cls) -> tuple[str, ...]:
        """The columns that the public table itself has, in their order."""
        shared = {field.name for field in PublishedRow._meta.get_fields()}
        return tuple(f.name for f in cls._meta.concrete_fields if f.name not in shared and not f.primary_key)


def one_a_day(name: str, *key: str, unless: Q | None = None) -> list[models.BaseConstraint]:
    """One row of a key on a day of service, among those that are not withdrawn.

    The key enters as one 64-bit number: an index over ranges and texts takes seven times as long to fill, and NCCI
    alone has millions of rows. Two keys with the same number (one chance in ten million for a table of that size)
    would be refused, never mixed up.
    """
    days = Func(F("since"), F("until"), Value("[]"), function="daterange")
    # Named in the order of the alphabet, as migrations write them: else Django takes them for a change.
    whole_key = Func(*map(F, key), arg_joiner=" || '/' || ", function="hashtextextended", template=_HASH)
    live = Q(withdrawn_in=None)
    return [
        models.CheckConstraint(
            condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name=f"{name}_dates_in_order"
        ),
        ExclusionConstraint(
            name=f"{name}_one_a_day",
            expressions=[(whole_key, RangeOperators.EQUAL), (days, RangeOperators.OVERLAPS)],
            condition=live & ~unless if unless else live,
        ),
    ]


_HASH = "%(function)s(%(expressions)s, 0)"


def by_key(name: str, *key: str) -> models.Index:
    """What looks up the live rows of a key."""
    return models.Index(fields=key, name=f"{name}_by_key", condition=Q(withdrawn_in=None))


class StagedRow(models.Model):
    """A line of a file on its way in. Rows live inside one transaction only; no other ever sees them.

    The application's role may not make temporary tables, and a file is not in the order of its keys: this table is
    what sorts it. ``key`` and ``cells`` are as :mod:`billing.actions.merging` writes them.
    """

    line = models.PositiveIntegerField()
    key = models.TextField(db_collation="C")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    cells = ArrayField(models.TextField(null=True))

    def __str__(self) -> str:
        return f"line {self.line}"
