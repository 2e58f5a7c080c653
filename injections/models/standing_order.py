"""An order for nobody in particular, which a practitioner signed for a while. An end is a row of its own."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from injections.models.columns import AMOUNTS, amount_column, quantity_or_none, unit_column, whole_amount, within
from injections.models.practice import PracticeQuerySet, PracticeRow
from injections.quantity import Quantity

#: days from the first to the last on which a practitioner's signature may stand
LONGEST = 366
#: months of age: from birth to 120 years
AGES = (0, 1440)
YEAR = 12


class StandingOrderQuerySet(PracticeQuerySet["StandingOrder"]):
    def on(self, day: date) -> StandingOrderQuerySet:
        """Those that hold on that day, and that nobody has ended."""
        return self.filter(end__isnull=True, since__lte=day, until__gte=day)


class StandingOrder(PracticeRow):
    """A named protocol: what may be given to whoever meets ``criteria``, in these ``states``, on these days.

    Ages are in months, ``from_months`` included and ``below_months`` not; ``None`` where there is no such bound. Its
    use makes an order of the patient, which says who used it.
    """

    name = models.CharField(max_length=80)
    product = models.ForeignKey("injections.Product", on_delete=models.PROTECT, related_name="+")
    dose_amount = amount_column()
    dose_unit = unit_column()
    route = models.CharField(max_length=20)
    criteria = models.CharField(max_length=500)
    diagnoses = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    reason = models.CharField("reason for use", max_length=200, blank=True)
    from_months = models.PositiveSmallIntegerField(null=True, blank=True)
    below_months = models.PositiveSmallIntegerField(null=True, blank=True)
    states = ArrayField(models.CharField(max_length=2))
    since = models.DateField()
    until = models.DateField()
    signed_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    objects = StandingOrderQuerySet.as_manager()  # type: ignore[misc]  # django-stubs loses the model of a generic query set

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            whole_amount("dose_amount", "dose_unit", "standing_order_dose_with_unit"),
            models.CheckConstraint(
                condition=Q(dose_amount__isnull=False, dose_amount__gt=0), name="standing_order_dose_above_zero"
            ),
            within(
                "standing_order_within",
                days="since until",
                moments="signed_at",
                dose_amount=AMOUNTS,
                from_months=AGES,
                below_months=AGES,
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since"), until__lte=F("since") + timedelta(days=LONGEST)),
                name="standing_order_a_year_at_most",
            ),
            models.CheckConstraint(
                condition=Q(from_months__isnull=True)
                | Q(below_months__isnull=True)
                | Q(below_months__gt=F("from_months")),
                name="standing_order_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"\S", criteria__regex=r"\S", states__len__gte=1),
                name="standing_order_says_what_for_whom_and_where",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dose(self) -> Quantity | None:
        return quantity_or_none(self.dose_amount, self.dose_unit)

    @property
    def ages(self) -> str:
        """For whom by age: "from 6 months", "from 18 years, under 65 years"; "any age" without bounds."""
        bounds = [
            f"from {age_words(self.from_months)}" if self.from_months is not None else "",
            f"under {age_words(self.below_months)}" if self.below_months is not None else "",
        ]
        return ", ".join(bound for bound in bounds if bound) or "any age"


def age_words(months: int) -> str:
    """ "6 months", "18 months", "1 year", "65 years": in years where nothing is left over."""
    number, unit = (months, "month") if months % YEAR or not months else (months // YEAR, "year")
    return f"{number} {unit}{'' if number == 1 else 's'}"


class StandingOrderEnd(PracticeRow):
    """Nothing more is given under it from that day on."""

    standing = models.OneToOneField(StandingOrder, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=200)
    ended_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="standing_order_end_says_why")]

    def __str__(self) -> str:
        return self.reason
