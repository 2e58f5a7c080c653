"""What arrives on a shelf: received, moved or brought there. What was given of it before is taken off the count."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from injections.actions import bringing, taking
from injections.actions.errors import Refused
from injections.actions.once import made_before
from injections.actions.rights import need
from injections.actions.stock import hold_both, move, same_at, take_off
from injections.chart.doses import signed_fact
from injections.chart.unreceived import waiting_for
from injections.days import written_day
from injections.facts import Source
from injections.models import Location, Lot, OpenedVial, Package, Product, Recall, Staff, StockMove
from injections.models.lot_number import numbered, written


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

    ``containers`` are all that came. Doses given here before are taken off again, each by a movement of its own.

    Raises :class:`Refused` when the same lot is known with another expiry.
    """
    need(by, "stock.write", location)
    Location.objects.select_for_update(of=("self",), no_key=True).get(pk=location.pk)
    already = made_before(StockMove.objects.all(), submission_key)
    if already is not None:
        return already.lot
    if containers < 1:
        raise Refused("Enter how many came", errors={"containers": "Enter a whole number above zero"})
    shelf = Lot.objects.filter(location=location, product=product, package=package, source=source)
    lot = numbered(shelf.select_for_update(no_key=True), number).first()
    if lot is None:
        lot = Lot.objects.create(
            practice_id=location.practice_id,
            location=location,
            product=product,
            package=package,
            number=written(number),
            expires_on=expires_on,
            manufacturer=manufacturer or (package.labeler if package else ""),
            source=source,
            recalled_at=_stopped(location, product, package, number),
        )
    elif lot.expires_on != expires_on:
        known = f"Lot {lot.number} is here with expiry {written_day(lot.expires_on)}"
        raise Refused(known, errors={"expires_on": "Check the label"})
    move(
        lot=lot,
        kind=StockMove.Kind.RECEIVED,
        containers=containers,
        by=by,
        note=note,
        submission_key=submission_key,
    )
    _take_earlier(lot, by)
    return lot


def _stopped(location: Location, product: Product, package: Package | None, number: str) -> datetime | None:
    """Since when this lot is recalled here: what comes in of it later is stopped as it comes."""
    stopped = numbered(Recall.objects.filter(practice_id=location.practice_id, product=product), number)
    return min((one.stopped_at for one in stopped if one.means(package.ndc if package else None)), default=None)


@transaction.atomic
def transfer(
    *, lot: Lot, to: Location, containers: int, by: Staff, note: str = "", submission_key: UUID | None = None
) -> Lot:
    """From one location to another: one movement out, one in, and the same lot on both shelves. Answers the new one."""
    need(by, "stock.write", lot, to)
    if to.pk == lot.location_id:
        raise Refused("It is there already", errors={"to": "Choose another location"})
    hold_both(lot, to)
    told: dict[str, Any] = {"kind": StockMove.Kind.TRANSFERRED, "by": by}
    left = take_off(lot, containers, note=note or f"to {to.name}", submission_key=submission_key, **told)
    there = same_at(to, lot)
    if left:
        move(lot=there, containers=containers, note=f"from {lot.location.name}", **told)
        _take_earlier(there, by)
    return there


@transaction.atomic
def bring(*, vial: OpenedVial, to: Location, by: Staff, **how: Any) -> OpenedVial:
    """An opened vial that is brought to another location, as :func:`bringing.bring`. Answers the vial there."""
    there = bringing.bring(vial=vial, to=to, by=by, **how)
    _take_earlier(there.lot, by)
    return there


def _take_earlier(lot: Lot, by: Staff) -> None:
    """What was given of this lot before anybody wrote down that it came leaves the count now, dose by dose."""
    for dose in waiting_for(lot):
        taking.take_later(dose=dose, fact=signed_fact(dose), lot=lot, by=by)
