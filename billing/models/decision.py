"""What billers decided about a review. Insert-only: taking a decision back is another row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from billing.models.review import Review
from billing.models.rows import DAYS, PracticeRow


class Decision(PracticeRow):
    """Approved, held with a reason, released, snoozed until a day; or the undoing of one of these.

    ``reason`` comes from a list, so that what is held for one reason stands together; ``note`` is free.
    """

    class What(models.TextChoices):
        APPROVED = "approved", "Approved"
        HELD = "held", "Held"
        RELEASED = "released", "Released"
        SNOOZED = "snoozed", "Snoozed"
        UNDONE = "undone", "Undone"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="decisions")
    what = models.CharField(max_length=10, choices=What.choices)
    reason = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True, blank=True)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")
    by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["review", "-id"], name="decision_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(until__range=DAYS), name="decision_until_within"),
            models.CheckConstraint(
                condition=Q(what="snoozed", until__isnull=False) | ~Q(what="snoozed") & Q(until__isnull=True),
                name="decision_snooze_has_day",
            ),
            models.CheckConstraint(condition=~Q(what="held") | ~Q(reason=""), name="decision_hold_says_why"),
            models.CheckConstraint(
                condition=Q(what="undone", undoes__isnull=False) | ~Q(what="undone") & Q(undoes__isnull=True),
                name="decision_undoes_one",
            ),
        ]

    def __str__(self) -> str:
        return self.get_what_display()


def standing(review: Review) -> Decision | None:
    """What was decided last and not taken back."""
    return review.decisions.filter(undone_by__isnull=True, undoes__isnull=True).last()
