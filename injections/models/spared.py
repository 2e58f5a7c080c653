"""The arm, leg or side of a patient that no needle goes into. Rows that never change: an end is a row of its own."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections import facts
from injections.models.columns import within
from injections.models.practice import PracticeQuerySet, PracticeRow


class Why(models.TextChoices):
    """What speaks against that side. The words stand on the banner, behind "Avoid left arm:"."""

    MASTECTOMY = "mastectomy", "Mastectomy"
    LYMPHEDEMA = "lymphedema", "Lymphedema"
    FISTULA = "fistula", "Dialysis fistula or graft"
    PARALYSIS = "paralysis", "Paralysis"
    OTHER = "other", "Something else"


class Side(models.TextChoices):
    """The patient's own left and right."""

    LEFT = "left", "Left"
    RIGHT = "right", "Right"


class Part(models.TextChoices):
    """How much of that side: ``injections.sites`` says which places belong to each."""

    ARM = "arm", "arm"
    LEG = "leg", "leg and hip"
    WHOLE = "side", "side of the body"


class SparedSideQuerySet(PracticeQuerySet["SparedSide"]):
    def standing(self) -> SparedSideQuerySet:
        """Those that nobody has ended."""
        return self.filter(end__isnull=True)


class SparedSide(PracticeRow):
    """One side to avoid from the day ``since`` on which somebody said so. ``note`` tells more, such as the year."""

    about: ClassVar[str] = "patient"

    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="spared_sides")
    why = models.CharField(max_length=12, choices=Why.choices)
    side = models.CharField(max_length=5, choices=Side.choices)
    part = models.CharField(max_length=4, choices=Part.choices)
    note = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    entered_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    objects = SparedSideQuerySet.as_manager()  # type: ignore[misc]  # django-stubs loses the model of a generic query set

    class Meta:
        ordering = ["pk"]
        constraints = [
            within("spared_side_within", days="since"),
            models.CheckConstraint(condition=~Q(why="other", note=""), name="spared_side_says_why"),
        ]

    def __str__(self) -> str:
        return f"Avoid {self.where}: {self.because}"

    @property
    def where(self) -> str:
        """ "left arm"."""
        return f"{self.side} {Part(self.part).label}"

    @property
    def because(self) -> str:
        """ "dialysis fistula or graft"; the note where nothing on the list says it."""
        return self.note if self.why == Why.OTHER else Why(self.why).label.lower()

    def stands_on(self, day: date) -> bool:
        """Whether it was known and not ended on that day."""
        ended = getattr(self, "end", None)
        return self.since <= day and (ended is None or day < ended.ended_on)

    def as_fact(self) -> facts.SparedSide:
        return facts.SparedSide(self.side, self.part, self.because)


class SparedSideEnd(PracticeRow):
    """A side may be used again from ``ended_on``, or was never the one to avoid."""

    about: ClassVar[str] = "spared__patient"

    spared = models.OneToOneField(SparedSide, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=200)
    ended_on = models.DateField()
    ended_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [within("spared_side_end_within", days="ended_on")]

    def __str__(self) -> str:
        return self.reason
