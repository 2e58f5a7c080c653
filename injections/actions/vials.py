"""Opened containers: what a dose draws from them, opening one by hand, and throwing the rest away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from injections.actions.bringing import fetch_back, take_along, thrown_away, went_on
from injections.actions.errors import Refused
from injections.actions.once import made_before
from injections.actions.rights import need, same_practice
from injections.actions.stock import move, need_witness
from injections.chart.held import held_because
from injections.chart.opened import drawn_before, in_hand
from injections.models import Administration, Lot, OpenedVial, Staff, StockMove, VialMove
from injections.opened import NOTHING, Parts, use_by

#: no dose opens more
MOST = 99
GIVEN, WASTED, FOUND = VialMove.Kind.GIVEN, VialMove.Kind.WASTED, VialMove.Kind.FOUND


@dataclass(frozen=True, slots=True)
class Portion:
    """What one dose took of one lot: amounts of the drug in ``unit``, ``content`` being that of one container.

    ``opened`` is how many containers it opened as charted, ``None`` where nobody said. ``content`` is ``None`` where
    the label does not tell. ``kept`` says that what is left may be used again: a multi-dose vial.
    """

    lot: Lot
    opened: int | None
    kept: bool
    content: Decimal | None = None
    unit: str = ""
    given: Decimal = NOTHING
    wasted: Decimal = NOTHING


def draw(portion: Portion, dose: Administration, by: Staff) -> int:
    """Write down where the amounts came from. Answers how many containers left the shelf for it."""
    if portion.kept and portion.content is not None:
        return _draw_and_keep(portion, portion.content, dose, by)
    opened = portion.opened if portion.opened is not None else int(not portion.kept)
    if opened and portion.content is not None:
        vial = _open(portion, portion.content * opened, dose, by)
        _part(vial, portion.given, portion.wasted, by=by, administration=dose)
    return opened


def _draw_and_keep(portion: Portion, content: Decimal, dose: Administration, by: Staff) -> int:
    """From the vial in hand, then from new ones; a vial that was charted as new is opened whatever is in hand."""
    day = dose.encounter.date
    before = drawn_before(portion.lot, dose.supersedes)
    for vial in before:
        fetch_back(vial, portion.given + portion.wasted, by)
    ready = [] if portion.opened else in_hand(portion.lot, day, corrects=dose.supersedes)
    opened, left, wasted = 0, portion.given, portion.wasted
    told: dict[str, Any] = {"by": by, "administration": dose}
    for vial in ready:
        last = wasted if left <= vial.kept else NOTHING
        part = min(left, vial.kept)
        _part(vial, part, last, **told)
        left, wasted = left - part, wasted - last
        if not left and not wasted:
            break
    while opened < (portion.opened or 0) or (portion.opened != 0 and (left or wasted) and opened < MOST):
        opened += 1
        final = left <= content or opened == portion.opened
        vial = _open(portion, content, dose, by)
        _part(vial, left if final else content, wasted if final else NOTHING, **told)
        left, wasted = (NOTHING, NOTHING) if final else (left - content, wasted)
    for vial in before:
        take_along(vial, by)
    return opened


def _open(portion: Portion, content: Decimal, dose: Administration, by: Staff) -> OpenedVial:
    at = dose.given_at or dose.charted_at
    return _opened(portion.lot, content, portion.unit, at, dose.given_by or by, kept=portion.kept, administration=dose)


def _opened(
    lot: Lot, content: Decimal, unit: str, at: datetime, by: Staff, *, kept: bool = True, **more: Any
) -> OpenedVial:
    day = at.astimezone(lot.practice.zone).date()
    last = use_by(day, lot.expires_on, lot.product.details.get("beyond_use_days")) if kept else None
    return OpenedVial.objects.create(
        practice_id=lot.practice_id,
        lot=lot,
        opened_at=at,
        opened_by=by,
        use_by=last,
        content=content,
        kept=content,
        unit=unit,
        ended_at=None if kept else at,
        **more,
    )


def _part(vial: OpenedVial, given: Decimal, wasted: Decimal, *, by: Staff, **told: Any) -> None:
    """One draw: its moves, and the vial's figures after it."""
    parts, found = Parts(vial.content, vial.given, vial.wasted).less(given, wasted)
    _settle(vial, parts)
    for kind, amount in ((FOUND, found), (GIVEN, given), (WASTED, wasted)):
        if amount:
            VialMove.objects.create(
                practice_id=vial.practice_id, vial=vial, kind=kind, amount=amount, moved_by=by, **told
            )


def _settle(vial: OpenedVial, parts: Parts) -> None:
    vial.content, vial.given, vial.wasted, vial.kept = parts.content, parts.given, parts.wasted, parts.kept
    if not vial.kept and vial.ended_at is None:
        vial.ended_at = timezone.now()
    vial.save(update_fields=["content", "given", "wasted", "kept", "ended_at"])


def give_back(dose: Administration, by: Staff, version: Administration) -> dict[int, int]:
    """Undo what a dose drew. Answers, by lot, how many vials that it opened stay open because others draw from them."""
    still: dict[int, int] = {}
    opened_or_drawn = Q(moves__administration=dose) | Q(administration=dose)
    for vial in OpenedVial.objects.filter(opened_or_drawn).distinct().order_by("pk"):
        parts = _without(vial, dose, by, version)
        opened_it, went = vial.administration_id == dose.pk, any(went_on(vial))
        if opened_it and not went and not parts.given and not parts.wasted:
            vial.ended_at = vial.ended_at or timezone.now()  # whole again: it counts as on the shelf
        elif vial.use_by is not None and not thrown_away(vial):
            vial.ended_at = vial.ended_at if went else None
            still[vial.lot_id] = still.get(vial.lot_id, 0) + int(opened_it)
        _settle(vial, parts)
        take_along(vial, by)
    return still


def lots_of(dose: Administration) -> set[int]:
    """The lots whose vials giving back may change: what it drew from, and wherever such a vial was brought since."""
    vials = list(OpenedVial.objects.filter(Q(moves__administration=dose) | Q(administration=dose)).distinct())
    return {row.lot_id for vial in vials for row in (vial, *(there for _, there in went_on(vial)))}


def _without(vial: OpenedVial, dose: Administration, by: Staff, version: Administration) -> Parts:
    """The vial's parts after the moves of the dose are taken back, each by a row of its own."""
    less = dict.fromkeys(VialMove.Kind.values, NOTHING)
    for earlier in vial.moves.filter(administration=dose):
        less[earlier.kind] += earlier.amount
    given, wasted = vial.given - less[GIVEN], vial.wasted - less[WASTED]
    if vial.content - less[FOUND] < given + wasted:
        less[FOUND] = NOTHING  # somebody else drew of what was found
    for kind, amount in less.items():
        if amount:
            VialMove.objects.create(
                practice_id=vial.practice_id, vial=vial, kind=kind, amount=-amount, moved_by=by, administration=version
            )
    return Parts(vial.content - less[FOUND], given, wasted)


@transaction.atomic
def open_by_hand(*, lot: Lot, by: Staff, now: datetime | None = None, submission_key: UUID | None = None) -> OpenedVial:
    """Take a multi-dose vial of this lot into use. Twice under one key opens one."""
    need(by, "stock.write", lot)
    lot = Lot.objects.select_for_update(of=("self",), no_key=True).get(pk=lot.pk)
    already = made_before(OpenedVial.objects.all(), submission_key)
    if already is not None:
        return already
    now = now or timezone.now()
    package = lot.package
    if package is None or package.single_dose is not False or not package.holds_amount:
        raise Refused("Only a multi-dose vial whose label we know is opened before it is used")
    if lot.recalled_at is not None or lot.expires_on < now.astimezone(lot.practice.zone).date():
        raise Refused(f"Lot {lot.number} must not be given. Put it aside")
    because = held_because([lot], now)
    if because is not None:
        raise Refused(f"On hold, {because}")
    if lot.on_hand < 1:
        raise Refused(f"Nothing of lot {lot.number} is left on the shelf. Count the shelf")
    move(lot=lot, kind=StockMove.Kind.OPENED, containers=-1, by=by)
    return _opened(lot, package.holds_amount, package.holds_unit, now, by, submission_key=submission_key)


@transaction.atomic
def discard(*, vial: OpenedVial, by: Staff, note: str, witness: Staff | None = None) -> OpenedVial:
    """Throw away what is left of an opened vial, with the reason; twice is once.

    Of a controlled drug before a colleague's eyes.
    """
    need(by, "stock.write", vial)
    same_practice(by, witness)
    Lot.objects.select_for_update(of=("self",), no_key=True).get(pk=vial.lot_id)
    vial = OpenedVial.objects.select_related("lot__product").get(pk=vial.pk)
    if vial.ended_at is not None:
        return vial
    if not note.strip():
        raise Refused("Say why it is thrown away", errors={"note": "Enter a reason"})
    need_witness(vial.lot.product, by, witness)
    _part(vial, NOTHING, vial.kept, by=by, note=note.strip()[:200], witness=witness)
    return vial
