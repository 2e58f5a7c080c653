"""What the code on a carton or a vial stands for, said once by whoever received it. An end is a row of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from injections.models.columns import within
from injections.models.practice import PracticeQuerySet, PracticeRow

#: containers in what was scanned: one vial, or the box that holds them
UNITS = (1, 10_000)


class KnownCodeQuerySet(PracticeQuerySet["KnownCode"]):
    def standing(self) -> KnownCodeQuerySet:
        """Those that nobody has ended."""
        return self.filter(end__isnull=True)


class KnownCode(PracticeRow):
    """A product number (GTIN, 14 digits) that stands for so many ``units`` of a package, here in this practice.

    ``confirmed_by`` read the label too, where the digits of the code say nothing about the drug.
    """

    gtin = models.CharField("GTIN", max_length=14)
    package = models.ForeignKey("injections.Package", on_delete=models.PROTECT, related_name="+")
    units = models.PositiveIntegerField(default=1)
    said_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = KnownCodeQuerySet.as_manager()  # type: ignore[misc]  # django-stubs loses the model of a generic query set

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["practice", "gtin"], name="known_code_gtin")]
        constraints = [
            within("known_code_within", units=UNITS),
            models.CheckConstraint(condition=Q(gtin__regex=r"^[0-9]{14}$"), name="known_code_digits"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("said_by")),
                name="known_code_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.gtin


class KnownCodeEnd(PracticeRow):
    """The code is asked about again: what was said of it was wrong, or is no longer so."""

    known = models.OneToOneField(KnownCode, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=200)
    ended_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="known_code_end_says_why")]

    def __str__(self) -> str:
        return self.reason
