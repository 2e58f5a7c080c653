"""Stock: what comes in, what is given, what is put back. Every movement is a row; the lot's count follows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Trim, Upper
from django.utils import timezone

from injections.actions.errors import Refused
from injections.actions.rights import need
from injections.facts import Source
from injections.models import Administration, Location, Lot, Package, Product, Staff, StockMove

SHORT = "More was used than the count showed"


@transaction.atomic
def receive(
    *,
    location: Location,
    product: Product,
    number: str,
    expires_on: date,
    containers: int,
    by: Staff,
    package: Package | None = None,
    manufacturer: str = "",
    source: str = Source.STOCK.value,
    note: str = "",
    submission_key: UUID | None = None,
) -> Lot:
    """Put containers of a lot on the shelf; twice under one key puts them there once.

    Raises :class:`Refused` when the same lot is known with another expiry.
    """
    need(by, "stock.write", location)
    Location.objects.select_for_update(of=("self",)).get(pk=location.pk)
    already = StockMove.objects.filter(submission_key=submission_key).first() if submission_key else None
    if already is not None:
        return already.lot
    if containers < 1:
        raise Refused("Enter how many came", errors={"containers": "Enter a whole number above zero"})
    shelf = Lot.objects.select_for_update().filter(location=location, product=product, package=package, source=source)
    lot = _numbered(shelf, number).first()
    if lot is None:
        lot = Lot.objects.create(
            practice_id=location.practice_id,
            location=location,
            product=product,
            package=package,
            number=number.strip().upper(),
            expires_on=expires_on,
            manufacturer=manufacturer or (package.labeler if package else ""),
            source=source,
        )
    elif lot.expires_on != expires_on:
        known = f"Lot {lot.number} is here with expiry {lot.expires_on}"
        raise Refused(known, errors={"expires_on": "Check the label"})
    move(
        lot=lot,
        kind=StockMove.Kind.RECEIVED,
        containers=containers,
        by=by,
        note=note,
        submission_key=submission_key,
    )
    return lot


@transaction.atomic
def count(*, lot: Lot, containers: int, by: Staff, note: str = "") -> Lot:
    """Somebody counted the shelf: the difference becomes a movement."""
    need(by, "stock.write", lot)
    lot = Lot.objects.select_for_update().get(pk=lot.pk)
    if containers != lot.on_hand:
        move(lot=lot, kind=StockMove.Kind.COUNTED, containers=containers - lot.on_hand, by=by, note=note)
    return lot


@transaction.atomic
def waste(*, lot: Lot, containers: int, by: Staff, note: str) -> Lot:
    """Containers thrown away whole: broken, out of date, warmed up. Says why, and never more than there are."""
    need(by, "stock.write", lot)
    if not note.strip():
        raise Refused("Say why it was thrown away", errors={"note": "Enter a reason"})
    left = Lot.objects.select_for_update(of=("self",)).get(pk=lot.pk).on_hand
    if left < containers:
        how_many = f"Only {left} of lot {lot.number}" if left > 0 else f"Nothing of lot {lot.number}"
        raise Refused(f"{how_many} is left on the shelf", errors={"containers": "Count the shelf"})
    move(lot=lot, kind=StockMove.Kind.WASTED, containers=-containers, by=by, note=note)
    return lot


@transaction.atomic
def recall(*, lot: Lot, by: Staff, now: datetime | None = None) -> int:
    """Nobody gets this lot from now on, at any location. Answers how many shelves hold it."""
    need(by, "stock.write", lot)
    same = Lot.objects.filter(practice_id=lot.practice_id, product_id=lot.product_id, recalled_at=None)
    return _numbered(same, lot.number).update(recalled_at=now or timezone.now())


def _numbered(lots: QuerySet[Lot], number: str) -> QuerySet[Lot]:
    """Lots of that number, whatever the case and the blanks round it."""
    key: Any = Upper(Trim("number"))
    return cast("QuerySet[Lot]", lots.alias(key=key).filter(key=number.strip().upper()))


def move(
    *,
    lot: Lot,
    kind: str,
    containers: int,
    by: Staff,
    administration: Administration | None = None,
    note: str = "",
    submission_key: UUID | None = None,
) -> StockMove:
    """Change the count and write down why. A count below zero is kept with a note: care comes before counting."""
    enough = Lot.objects.filter(pk=lot.pk, on_hand__gte=-containers)
    if not enough.update(on_hand=F("on_hand") + containers):
        Lot.objects.filter(pk=lot.pk).update(on_hand=F("on_hand") + containers)
        note = note or SHORT
    lot.refresh_from_db(fields=["on_hand"])
    return StockMove.objects.create(
        practice_id=lot.practice_id,
        lot=lot,
        kind=kind,
        containers=containers,
        administration=administration,
        moved_by=by,
        note=note[:200],
        submission_key=submission_key,
    )


def take(*, dose: Administration, by: Staff) -> StockMove | None:
    """The containers that a dose opened leave the shelf. A lot that is not on our shelf moves nothing."""
    containers = _opened(dose)
    if dose.lot is None or not containers:
        return None
    return move(lot=dose.lot, kind=StockMove.Kind.GIVEN, containers=-containers, by=by, administration=dose)


def _opened(dose: Administration) -> int:
    """As counted; else one, unless the vial serves several doses and nobody said that this one opened it."""
    if "opened" in dose.entries:
        return dose.opened
    several = dose.package is not None and dose.package.single_dose is False
    return 0 if several else dose.opened


def put_back(*, dose: Administration, by: Staff, version: Administration) -> None:
    """Undo what a dose moved: the reversing rows belong to the version that says so."""
    for earlier in dose.stock_moves.select_related("lot").order_by("lot_id", "pk"):
        move(
            lot=earlier.lot,
            kind=StockMove.Kind.REVERSED,
            containers=-earlier.containers,
            by=by,
            administration=version,
        )
