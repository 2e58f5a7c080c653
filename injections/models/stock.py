"""Lots on the shelf, and every movement of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Trim, Upper

from injections.models.columns import within
from injections.models.practice import PracticeRow

#: containers of one lot, on the shelf or moved; below zero is what was used and never counted in
COUNTS = (-10_000_000, 10_000_000)


class Lot(PracticeRow):
    """A lot of one package at one location. ``on_hand`` counts containers and equals the sum of the moves."""

    place: ClassVar[str] = "location"

    location = models.ForeignKey("injections.Location", on_delete=models.PROTECT, related_name="lots")
    product = models.ForeignKey("injections.Product", on_delete=models.PROTECT, related_name="+")
    package = models.ForeignKey("injections.Package", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=40)
    expires_on = models.DateField()
    manufacturer = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=20, default="stock")
    on_hand = models.IntegerField(default=0)
    recalled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["expires_on", "number"]
        constraints = [
            models.UniqueConstraint(
                "location",
                "product",
                "package",
                Upper(Trim("number")),
                "source",
                name="lot_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte="2000-01-01", expires_on__lte="2100-12-31"),
                name="lot_expiry_bounds",
            ),
            within("lot_within", moments="recalled_at", on_hand=COUNTS),
        ]

    def __str__(self) -> str:
        return self.number


class StockMove(PracticeRow):
    """One movement of containers: received (+), given, opened by hand, wasted, sent back (-), corrected. Insert-only.

    A count that agrees moves nothing and stands here too. ``witness`` is the colleague before whose eyes a controlled
    drug left the shelf or was counted.
    """

    place: ClassVar[str] = "lot__location"

    class Kind(models.TextChoices):
        RECEIVED = "received", "Received"
        GIVEN = "given", "Given"
        OPENED = "opened", "Opened"
        WASTED = "wasted", "Wasted"
        COUNTED = "counted", "Counted"
        TRANSFERRED = "transferred", "Transferred"
        EXPIRED = "expired", "Expired, taken out"
        RETURNED = "returned", "Sent back"
        REVERSED = "reversed", "Reversed"

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    containers = models.IntegerField()
    administration = models.ForeignKey(
        "injections.Administration",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stock_moves",
    )
    moved_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(auto_now_add=True)
    witness = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(containers=0) | Q(kind="counted"), name="stock_move_moves"),
            within("stock_move_within", containers=COUNTS),
            models.CheckConstraint(
                condition=Q(witness__isnull=True) | ~Q(witness=models.F("moved_by")), name="stock_move_seen_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.containers}"
