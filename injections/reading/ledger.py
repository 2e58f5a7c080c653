"""The movements of stock as a ledger: each with the count that it left behind.

Lines stand in the order in which they were written down, as in a bound log: nothing is put between two lines later, so
that what was left beside a count is what somebody counted. Each line says when it *happened*, which is the date that
the record of a controlled drug must bear (21 CFR 1304.21(d)); where it was written down later, it says when as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from operator import itemgetter
from typing import Any

from django.utils import timezone

from injections.models import Lot, StockMove, VialMove
from injections.models.columns import quantity_or_none
from injections.quantity import format_dose
from injections.reading.opened import Opened

COLUMNS = ("When", "Drug", "Schedule", "Location", "Lot", "What", "Containers", "Left", "MRN", "Dose", "Wasted",
           "By", "Seen by", "Note", "Written down")  # fmt: skip
#: who signs at the chair signs within minutes; what comes after that is a late entry
AT_ONCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Line:
    """One movement; ``left`` is the count after it. What left an opened vial leaves the count as it is."""

    move: StockMove | VialMove
    left: int

    @property
    def when(self) -> datetime:
        """When it happened: a dose when it was given, anything else when it was written down."""
        given = self.move.administration
        taken = self.move.kind in (StockMove.Kind.GIVEN, VialMove.Kind.GIVEN) and self._took
        return given.given_at if taken and given and given.given_at else self.move.moved_at

    @property
    def later(self) -> datetime | None:
        """When it was written down, where that was not at once."""
        return self.move.moved_at if abs(self.move.moved_at - self.when) > AT_ONCE else None

    @property
    def _took(self) -> bool:
        return self.move.containers < 0 if isinstance(self.move, StockMove) else self.move.amount > 0

    @property
    def containers(self) -> int:
        return self.move.containers if isinstance(self.move, StockMove) else 0

    @property
    def what(self) -> str:
        """ "Received", "Counted, agrees"; of an opened vial "Opened vial: given", "Opened vial: thrown away 4 mL"."""
        kind = self.move.get_kind_display()
        if isinstance(self.move, StockMove):
            return kind if self.move.containers else f"{kind}, agrees"
        back = ", taken back" if self.move.amount < 0 and self.move.kind != VialMove.Kind.MOVED else ""
        amount = "" if self.move.administration_id else f" {self._amount(self.move)}"
        return f"Opened vial: {kind.lower()}{amount}{back}"

    @staticmethod
    def _amount(move: VialMove) -> str:
        return format_dose(Opened(move.vial, move.vial.lot).amount(abs(move.amount)))

    @property
    def dose(self) -> str:
        given = self.move.administration
        amount = quantity_or_none(given.dose_amount, given.dose_unit) if given else None
        return format_dose(amount) if amount else ""

    @property
    def wasted(self) -> str:
        given = self.move.administration
        if isinstance(self.move, VialMove) and given is None:
            return self._amount(self.move) if self.move.kind == VialMove.Kind.WASTED else ""
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
    """Every lot of a controlled drug with its movements, oldest first, as an inspector reads them.

    What was drawn from a vial that was open already, thrown away of it or moved with it stands among them.
    """
    lots = Lot.objects.for_user(by).filter(product__details__schedule__startswith="C")
    related = ("moved_by", "witness", "administration__discard_witness", "administration__encounter__patient")
    return [
        (lot, _counted(_with_vials(lot, list(lot.moves.select_related(*related)))))
        for lot in lots.select_related("location", "product", "package").order_by("product__name", "location_id", "pk")
    ]


def _with_vials(lot: Lot, moves: list[StockMove]) -> list[StockMove | VialMove]:
    """The movements of its containers, and among them what moved no container; each dose stands once."""
    told: set[int | None] = {move.administration_id for move in moves} - {None}
    drawn = VialMove.objects.filter(vial__lot=lot).exclude(kind=VialMove.Kind.FOUND)
    related = ("moved_by", "witness", "vial__lot__package", "administration__discard_witness")
    order = accumulate((move.moved_at for move in moves), max)  # containers keep their own order
    found: list[tuple[datetime, StockMove | VialMove]] = [*zip(order, moves, strict=True)]
    for move in drawn.select_related(*related, "administration__encounter__patient"):
        if move.administration_id not in told:
            found.append((move.moved_at, move))
        told |= {move.administration_id} - {None}
    return [move for _, move in sorted(found, key=itemgetter(0))]


def as_rows(logs: Iterable[tuple[Lot, list[Line]]]) -> Iterator[tuple[Any, ...]]:
    for lot, lines in logs:
        schedule = str(lot.product.details.get("schedule", ""))
        for line in lines:
            move, given = line.move, line.move.administration
            yield (
                _minute(line.when),
                lot.product.name, schedule, lot.location.name, lot.number, line.what, line.containers,
                line.left, given.encounter.patient.mrn if given else "", line.dose, line.wasted, move.moved_by.signs_as,
                line.seen_by, move.note, _minute(move.moved_at),
            )  # fmt: skip


def _minute(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")


def _counted(moves: Iterable[StockMove | VialMove]) -> list[Line]:
    left, lines = 0, []
    for move in moves:
        left += move.containers if isinstance(move, StockMove) else 0
        lines.append(Line(move, left))
    return lines
