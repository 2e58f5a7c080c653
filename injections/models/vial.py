"""Containers that were opened, and every amount that left them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from injections.models.columns import AMOUNTS, unit_column, within
from injections.models.practice import PracticeRow


def _amount(**more: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(max_digits=14, decimal_places=4, **more)


class OpenedVial(PracticeRow):
    """One container that was opened; several at once where one dose emptied several single-dose ones.

    ``content = given + wasted + kept`` in ``unit``, and each equals the sum of the moves. Without ``use_by`` (a
    single-dose container) it ended as it was opened; ``ended_at`` says that nothing more is taken from it.
    ``administration`` is the dose that it was opened for, where it was not opened by hand. A vial that is brought to
    another location ends here and goes on there as a row of its own, with what was left: ``came_from`` is this one.
    """

    place: ClassVar[str] = "lot__location"

    lot = models.ForeignKey("injections.Lot", on_delete=models.PROTECT, related_name="vials")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    administration = models.ForeignKey(
        "injections.Administration", on_delete=models.PROTECT, null=True, blank=True, related_name="opened_vials"
    )
    use_by = models.DateField(null=True, blank=True)
    content = _amount()
    given = _amount(default=0)
    wasted = _amount(default=0)
    kept = _amount()
    unit = unit_column()
    ended_at = models.DateTimeField(null=True, blank=True)
    came_from = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="went_to")
    brought_at = models.DateTimeField(null=True, blank=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(content=F("given") + F("wasted") + F("kept")), name="opened_is_given_wasted_and_kept"
            ),
            models.CheckConstraint(
                condition=Q(use_by__isnull=False) | Q(ended_at__isnull=False), name="opened_vial_has_a_last_day"
            ),
            models.CheckConstraint(condition=~Q(unit=""), name="opened_vial_has_a_unit"),
            models.CheckConstraint(
                condition=Q(came_from__isnull=True, brought_at__isnull=True)
                | Q(came_from__isnull=False, brought_at__isnull=False),
                name="opened_vial_brought_from_and_when",
            ),
            models.CheckConstraint(condition=~Q(came_from=F("pk")), name="opened_vial_came_from_another"),
            within(
                "opened_vial_within",
                days="use_by",
                moments="opened_at ended_at brought_at",
                **dict.fromkeys(("content", "given", "wasted", "kept"), AMOUNTS),
            ),
        ]
        indexes = [models.Index("lot", name="opened_vial_open", condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kept} {self.unit} left"


class VialMove(PracticeRow):
    """An amount that was given from an opened container, thrown away, found beyond its label or brought along.

    Insert-only. What is taken back (a dose entered in error) is the same amount below zero; so is what a vial took
    along as it was brought to another location, where the same amount came.
    """

    place: ClassVar[str] = "vial__lot__location"

    class Kind(models.TextChoices):
        GIVEN = "given", "Given"
        WASTED = "wasted", "Thrown away"
        FOUND = "found", "More in it than the label says"
        MOVED = "moved", "Moved"

    vial = models.ForeignKey(OpenedVial, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    amount = _amount()
    administration = models.ForeignKey(
        "injections.Administration", on_delete=models.PROTECT, null=True, blank=True, related_name="vial_moves"
    )
    moved_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(auto_now_add=True)
    witness = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="vial_move_moves"),
            within("vial_move_within", amount=(-AMOUNTS[1], AMOUNTS[1])),
            models.CheckConstraint(
                condition=Q(witness__isnull=True) | ~Q(witness=F("moved_by")), name="vial_move_seen_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
