"""What the engine said about a visit. Insert-only: a new answer is a new row that supersedes the old one."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from billing.models.rows import PracticeRow
from injections.findings import Gate, Owner, Severity, Until


def words(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """The values of a pure enumeration as choices of a column."""
    return [(word.value, word.value) for word in enum]


class Review(PracticeRow):
    """One answer of the engine about one visit, with what it was asked and the edition that answered.

    Every visit has one current review: the first supersedes nothing, each other one supersedes exactly one of the same
    visit, and none is superseded twice. ``payer_name``, ``blocked``, ``expected`` (``None`` where a price is unknown)
    and ``file_by`` (``None`` where the payer's limit is unknown) are copied from the answer for the work-list.
    ``already_sent`` names the review whose lines have gone to the payer and say the same as these.
    """

    place: ClassVar[str] = "encounter__location"
    about: ClassVar[str] = "encounter__patient"

    class State(models.TextChoices):
        DERIVED = "derived", "Derived"
        FAILED = "failed", "Failed"

    encounter = models.ForeignKey("injections.Encounter", on_delete=models.PROTECT, related_name="reviews")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    already_sent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    edition = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    input = models.TextField(blank=True)
    output = models.TextField(blank=True)
    error_reference = models.CharField(max_length=40, blank=True)
    payer_key = models.CharField(max_length=60, blank=True)
    payer_name = models.CharField(max_length=120, blank=True)
    blocked = models.BooleanField()
    expected = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    file_by = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["practice", "-id"], name="review_by_practice")]
        constraints = [
            models.UniqueConstraint(
                fields=["encounter"], condition=Q(supersedes__isnull=True), name="review_one_current_per_encounter"
            ),
            models.CheckConstraint(condition=~Q(supersedes=F("pk")), name="review_supersedes_another"),
            models.CheckConstraint(
                condition=Q(state="derived", error_reference="") & ~Q(output="") & ~Q(edition="")
                | Q(state="failed", output="", blocked=True) & ~Q(error_reference=""),
                name="review_answers_or_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"

    @property
    def failed(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def is_current(self) -> bool:
        return not Review.objects.filter(supersedes=self).exists()


class Gap(PracticeRow):
    """A finding, stored: what is missing, whom it waits for and until when. Order is the engine's."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="gaps")
    position = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=120)
    summary = models.TextField()
    severity = models.CharField(max_length=10, choices=words(Severity))
    gate = models.CharField(max_length=10, choices=words(Gate))
    owner = models.CharField(max_length=10, choices=words(Owner))
    until = models.CharField(max_length=20, choices=words(Until))
    because = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    fields = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    administrations = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["review", "position"]
        constraints = [models.UniqueConstraint(fields=["review", "position"], name="gap_position_once")]

    def __str__(self) -> str:
        return self.summary

    @property
    def blocks(self) -> bool:
        return self.gate != Gate.NOTHING


class NotBilled(PracticeRow):
    """Something that was done and is not billed, and plainly why."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="not_billed")
    what = models.CharField(max_length=200)
    because = models.TextField()
    rule = models.CharField(max_length=120)
    administrations = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what


class ClaimLine(PracticeRow):
    """One line of the claim as derived. ``expected`` is the whole line's amount, ``None`` where no price is known."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="lines")
    line_no = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5)
    units = models.PositiveIntegerField()
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    diagnoses = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    administrations = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    ndc = models.JSONField(null=True, blank=True)
    expected = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    rule = models.CharField(max_length=120)
    because = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["review", "line_no"]
        constraints = [
            models.UniqueConstraint(fields=["review", "line_no"], name="claim_line_once"),
            models.CheckConstraint(condition=Q(units__gte=1), name="claim_line_has_units"),
            models.CheckConstraint(condition=Q(expected__gte=Decimal(0)), name="claim_line_amount_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.code} × {self.units}"

    @property
    def control_number(self) -> str:
        """What the payer sends back with its answer to this line (REF*6R)."""
        return f"{self.review_id}-{self.line_no}"

    @property
    def says(self) -> tuple[object, ...]:
        """What the payer would read: equal lines are the same claim."""
        ndc = tuple(sorted(self.ndc.items())) if self.ndc else None
        return (self.code, self.units, tuple(self.modifiers), tuple(self.diagnoses), ndc)
