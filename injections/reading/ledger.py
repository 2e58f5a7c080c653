"""The movements of stock as a ledger: each with the count that it left behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from injections.models import Lot, StockMove
from injections.models.columns import quantity_or_none
from injections.quantity import format_dose

COLUMNS = ("When", "Drug", "Schedule", "Location", "Lot", "What", "Containers", "Left", "MRN", "Dose", "Wasted",
           "By", "Seen by", "Note")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One movement; ``left`` is the count after it."""

    move: StockMove
    left: int

    @property
    def dose(self) -> str:
        given = self.move.administration
        amount = quantity_or_none(given.dose_amount, given.dose_unit) if given else None
        return format_dose(amount) if amount else ""

    @property
    def wasted(self) -> str:
        given = self.move.administration
        amount = quantity_or_none(given.discarded_amount, given.discarded_unit) if given else None
        return format_dose(amount) if amount and amount.amount else ""

    @property
    def seen_by(self) -> str:
        given = self.move.administration
        witness = self.move.witness or (given.discard_witness if given else None)
        return witness.signs_as if witness else ""


def of_lot(lot: Lot) -> list[Line]:
    """The movements of one lot, newest first."""
    related = ("moved_by", "witness", "administration__discard_witness", "administration__encounter")
    return _counted(lot.moves.select_related(*related))[::-1]


def controlled(by: Any) -> list[tuple[Lot, list[Line]]]:
    """Every lot of a controlled drug with its movements, oldest first, as an inspector reads them."""
    lots = Lot.objects.for_user(by).filter(product__details__schedule__startswith="C")
    related = ("moved_by", "witness", "administration__discard_witness", "administration__encounter__patient")
    return [
        (lot, _counted(lot.moves.select_related(*related)))
        for lot in lots.select_related("location", "product", "package").order_by("product__name", "location_id", "pk")
    ]


def as_rows(logs: Iterable[tuple[Lot, list[Line]]]) -> Iterator[tuple[Any, ...]]:
    for lot, lines in logs:
        schedule = str(lot.product.details.get("schedule", ""))
        for line in lines:
            move, given = line.move, line.move.administration
            yield (
                timezone.localtime(move.moved_at).isoformat(timespec="minutes"),
                lot.product.name, schedule, lot.location.name, lot.number, move.get_kind_display(), move.containers,
                line.left, given.encounter.patient.mrn if given else "", line.dose, line.wasted, move.moved_by.signs_as,
                line.seen_by, move.note,
            )  # fmt: skip


def _counted(moves: Iterable[StockMove]) -> list[Line]:
    left, lines = 0, []
    for move in moves:
        left += move.containers
        lines.append(Line(move, left))
    return lines
