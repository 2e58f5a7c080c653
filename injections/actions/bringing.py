"""An opened vial that is brought to another location: what is left goes along, with the day of its last use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from injections.actions.errors import Refused
from injections.actions.once import made_before, one_row
from injections.actions.rights import need
from injections.actions.stock import hold_both, same_at
from injections.models import Location, Lot, OpenedVial, Staff, VialMove
from injections.opened import NOTHING, Parts


@transaction.atomic
def bring(
    *,
    vial: OpenedVial,
    to: Location,
    by: Staff,
    note: str = "",
    now: datetime | None = None,
    submission_key: UUID | None = None,
) -> OpenedVial:
    """Everything that is left moves to the shelf of that location. Answers the vial there; twice under one key is once.

    Raises :class:`Refused` where nothing is left of it here, and where it is there already.
    """
    need(by, "stock.write", vial, to)
    if to.pk == vial.lot.location_id:
        raise Refused("It is there already", errors={"to": "Choose another location"})
    lot = Lot.objects.get(pk=vial.lot_id)
    hold_both(lot, to)
    already = made_before(OpenedVial.objects.all(), submission_key)
    if already is not None:
        return already
    here = OpenedVial.objects.select_related("lot__location").get(pk=vial.pk)
    if here.ended_at is not None:
        raise Refused("Nothing of this vial is here any more")
    there = _row(here, same_at(to, lot), now or timezone.now(), submission_key)
    _pass_on(here, there, here.kept, by, note)
    return there


def _row(vial: OpenedVial, lot: Lot, at: datetime, submission_key: UUID | None) -> OpenedVial:
    """The vial on the other shelf, empty as yet."""
    kept = ("practice_id", "opened_at", "opened_by_id", "use_by", "unit")
    with one_row():
        return OpenedVial.objects.create(
            **{name: getattr(vial, name) for name in kept},
            lot=lot,
            content=NOTHING,
            kept=NOTHING,
            came_from=vial,
            brought_at=at,
            submission_key=submission_key,
        )


def went_on(vial: OpenedVial) -> Iterator[tuple[OpenedVial, OpenedVial]]:
    """Each stage of its way since it left this shelf: from which row to which, as they stand now."""
    there = OpenedVial.objects.select_related("lot__location").filter(came_from=vial).first()
    if there is not None:
        yield vial, there
        yield from went_on(there)


def take_along(vial: OpenedVial, by: Staff) -> None:
    """What stands on a vial that has gone on since is where the vial is: it follows on each stage of the way."""
    vial = OpenedVial.objects.select_related("lot__location").get(pk=vial.pk)
    amount = vial.kept
    for here, there in went_on(vial):
        if amount:
            _pass_on(here, there, amount, by)


def fetch_back(vial: OpenedVial, amount: Decimal, by: Staff) -> None:
    """Up to that amount of what is left of it elsewhere, for a corrected dose that was drawn while it was here."""
    way = list(went_on(vial))
    found = min(amount, way[-1][1].kept) if way else NOTHING
    for here, there in reversed(way):
        if found:
            _pass_on(here, there, -found, by)


def _pass_on(here: OpenedVial, there: OpenedVial, amount: Decimal, by: Staff, note: str = "") -> None:
    """The same amount out of one and into the other; below zero, back again."""
    for vial, other, change in ((here, there, -amount), (there, here, amount)):
        _change(vial, change)
        way = f"{'to' if change < 0 else 'from'} {other.lot.location.name}"
        words = f"{way}. {note}" if note else way
        VialMove.objects.create(
            practice_id=vial.practice_id,
            vial=vial,
            kind=VialMove.Kind.MOVED,
            amount=change,
            moved_by=by,
            note=words[:200],
        )


def _change(vial: OpenedVial, amount: Decimal) -> None:
    """The vial's figures after it. Empty, it has ended; in use again, it has not, unless its rest was thrown away."""
    parts = Parts(vial.content, vial.given, vial.wasted).changed(amount)
    vial.content, vial.kept = parts.content, parts.kept
    if not vial.kept:
        vial.ended_at = vial.ended_at or timezone.now()
    elif not thrown_away(vial):
        vial.ended_at = None
    vial.save(update_fields=["content", "kept", "ended_at"])


def thrown_away(vial: OpenedVial) -> bool:
    """Whether somebody threw its rest away by hand, and not as a part of a dose."""
    return vial.moves.filter(kind=VialMove.Kind.WASTED, administration=None).exists()
