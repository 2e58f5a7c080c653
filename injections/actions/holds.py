"""Cold chain: what was where it grew too warm or too cold is held at once, until somebody decides about each lot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from injections.actions import vials
from injections.actions.errors import Refused
from injections.actions.once import made_before, one_row
from injections.actions.rights import need, same_practice
from injections.actions.stock import need_witness, waste
from injections.models import Excursion, HeldLot, HoldEnd, Location, Lot, OpenedVial, Staff, StockMove


@transaction.atomic
def report(
    *,
    location: Location,
    began_at: datetime,
    ended_at: datetime,
    reason: str,
    by: Staff,
    celsius: Decimal | None = None,
    submission_key: UUID | None = None,
) -> Excursion:
    """Hold every lot that was there in that span, and what was moved on from there. Twice under one key is one."""
    need(by, "stock.write", location)
    Location.objects.select_for_update(of=("self",)).get(pk=location.pk)
    already = made_before(Excursion.objects.all(), submission_key)
    if already is not None:
        return already
    if ended_at <= began_at:
        raise Refused("It ended before it began", errors={"ended_at": "Check both times"})
    if began_at > timezone.now():
        raise Refused("This is still to come", errors={"began_at": "Check the time"})
    with one_row():
        made = Excursion.objects.create(
            practice_id=location.practice_id,
            location=location,
            began_at=began_at,
            ended_at=ended_at,
            celsius=celsius,
            reason=reason.strip()[:120],
            reported_by=by,
            submission_key=submission_key,
        )
    _hold(made, list(_there(location, began_at, ended_at)))
    return made


@transaction.atomic
def hold_too(*, excursion: Excursion, lots: Iterable[Lot], by: Staff) -> None:
    """Lots that lay there already, although they were written down only after it had ended. Twice is once."""
    lots = list(lots)
    need(by, "stock.write", excursion, *lots)
    if any(lot.location_id != excursion.location_id for lot in lots):
        raise Refused("This lot is at another location", errors={"lots": "Choose again"})
    _hold(excursion, lots)


def _hold(excursion: Excursion, lots: list[Lot]) -> None:
    """Hold these, and the same lots wherever they were brought since it began."""
    for lot in [*lots, *_moved_on(lots, excursion.began_at)]:
        HeldLot.objects.get_or_create(practice_id=excursion.practice_id, excursion=excursion, lot=lot)


def _there(location: Location, began_at: datetime, ended_at: datetime) -> QuerySet[Lot]:
    """On the shelf as it began, arrived before it ended, or standing there opened."""
    before = Sum("moves__containers", filter=Q(moves__moved_at__lte=began_at))
    came = StockMove.objects.filter(
        lot=OuterRef("pk"), containers__gt=0, moved_at__gt=began_at, moved_at__lte=ended_at
    ).exclude(kind=StockMove.Kind.REVERSED)
    still = Q(ended_at=None) | Q(ended_at__gt=began_at)
    came_in_time = Q(opened_at__lte=ended_at) & (Q(brought_at=None) | Q(brought_at__lte=ended_at))
    opened = OpenedVial.objects.filter(still, came_in_time, lot=OuterRef("pk"), use_by__isnull=False)
    lots = Lot.objects.filter(location=location).annotate(before=Coalesce(before, Value(0)))
    return lots.filter(Q(before__gt=0) | Exists(came) | Exists(opened)).order_by("pk")


def _moved_on(lots: Iterable[Lot], since: datetime) -> list[Lot]:
    """The same lots on other shelves, where some were brought from one location to another since it began."""
    whole = StockMove.objects.filter(
        lot=OuterRef("pk"), kind=StockMove.Kind.TRANSFERRED, containers__gt=0, moved_at__gte=since
    )
    opened = OpenedVial.objects.filter(lot=OuterRef("pk"), brought_at__gte=since)
    found: dict[int, Lot] = {}
    for lot in lots:
        same = Lot.objects.filter(
            practice_id=lot.practice_id,
            product=lot.product,
            package=lot.package,
            number=lot.number,
            source=lot.source,
        )
        found |= {
            one.pk: one for one in same.filter(Exists(whole) | Exists(opened)).exclude(location_id=lot.location_id)
        }
    return list(found.values())


@transaction.atomic
def decide(
    *, held: HeldLot, outcome: str, decided_by: str, reason: str, by: Staff, witness: Staff | None = None
) -> HoldEnd:
    """End one hold: good to give after all, or thrown away with all that is left. Decided already, that is answered."""
    need(by, "stock.write", held)
    same_practice(by, witness)
    lot = Lot.objects.select_for_update(of=("self",), no_key=True).select_related("product").get(pk=held.lot_id)
    already = HoldEnd.objects.filter(held=held).first()
    if already is not None:
        return already
    if not decided_by.strip() or not reason.strip():
        raise Refused("Say who decided, and why", errors={"reason": "Fill this in"})
    if outcome == HoldEnd.Outcome.DISCARDED:
        _throw_away(lot, by, reason.strip(), witness)
    return HoldEnd.objects.create(
        practice_id=held.practice_id,
        held=held,
        outcome=outcome,
        decided_by=decided_by.strip()[:120],
        reason=reason.strip()[:200],
        by=by,
    )


@transaction.atomic
def decide_all(*, held: Iterable[HeldLot], **said: Any) -> list[HoldEnd]:
    """One decision about all of these, or about none where one of them is refused."""
    return [decide(held=one, **said) for one in sorted(held, key=lambda one: one.lot_id)]


def _throw_away(lot: Lot, by: Staff, reason: str, witness: Staff | None) -> None:
    opened = list(lot.vials.filter(ended_at=None))
    if lot.on_hand > 0 or opened:
        need_witness(lot.product, by, witness)
    for vial in opened:
        vials.discard(vial=vial, by=by, note=reason, witness=witness)
    if lot.on_hand > 0:
        waste(lot=lot, containers=lot.on_hand, by=by, note=reason[:200], witness=witness)
