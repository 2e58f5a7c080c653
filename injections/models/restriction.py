"""What a patient's record may not be told, and to whom. Rows that never change: an end is a row of its own."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections.models.columns import within
from injections.models.practice import PracticeQuerySet, PracticeRow


class Kind(models.TextChoices):
    """Why something is kept back."""

    PAID_IN_FULL = "paid-in-full", "Paid in full, the plan is not told"
    MINOR = "minor", "Confidential service of a minor"
    PART_2 = "part-2", "Substance use treatment (42 CFR Part 2)"


#: what stands on the patient's banner
BADGES = {
    Kind.PAID_IN_FULL: "Do not tell the plan",
    Kind.MINOR: "Confidential: not for guardian or plan",
    Kind.PART_2: "Part 2: treating staff only",
}


class RestrictionQuerySet(PracticeQuerySet["Restriction"]):
    def standing(self) -> RestrictionQuerySet:
        """Those that nobody has ended."""
        return self.filter(end__isnull=True)

    def on(self, day: date) -> RestrictionQuerySet:
        """Those that hold for a visit on that day."""
        return self.standing().filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Restriction(PracticeRow):
    """A restriction of disclosure for the visits from ``since`` to ``until``; without ``until`` for all that follow."""

    about: ClassVar[str] = "patient"

    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    entered_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = RestrictionQuerySet.as_manager()  # type: ignore[misc]  # django-stubs loses the model of a generic query set

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__gte="2000-01-01", since__lte="2100-12-31")
                & (Q(until__isnull=True) | Q(until__gte=models.F("since"), until__lte="2100-12-31")),
                name="restriction_days",
            ),
            within("restriction_within", days="until"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def badge(self) -> str:
        return BADGES[Kind(self.kind)]


class RestrictionEnd(PracticeRow):
    """The end of a restriction, such as a consent that was signed: nothing is kept back any more."""

    about: ClassVar[str] = "restriction__patient"

    restriction = models.OneToOneField(Restriction, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=200)
    ended_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.reason
