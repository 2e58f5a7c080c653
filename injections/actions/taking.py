"""What a signed dose does to the shelf: its containers leave it, and what was in them is given, thrown away or kept."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from injections import facts
from injections.actions import vials
from injections.actions.errors import Refused
from injections.actions.stock import move
from injections.actions.vials import Portion
from injections.chart.unreceived import received_meanwhile
from injections.checks.amounts import equation_of, in_measure_of
from injections.checks.vials import Vial, vials_of
from injections.facts import Status, known
from injections.models import Administration, Location, Lot, Staff, StockMove
from injections.models.lot_number import numbered, written
from injections.opened import NOTHING
from injections.quantity import Quantity
from injections.templatetags.words import clock

#: the entry that says: the dose was given from this vial, although our count had none left
SHORT_OF = "short_of"
DRAWN_UP = "Drawn up, then not given"
BEFORE_IT_CAME = "Given before the lot was received here"
TOOK: dict[str, str] = {
    StockMove.Kind.OPENED: "opened",
    StockMove.Kind.WASTED: "threw away",
    StockMove.Kind.TRANSFERRED: "moved",
    StockMove.Kind.RETURNED: "sent back",
}
#: what the columns of an amount hold
FOUR_PLACES = Decimal("0.0001")


def hold_shelf(dose: Administration) -> None:
    """Of a lot that stood on no shelf as the dose was read, nothing is received here before the dose is written down.

    So whoever receives it finds the dose, or the dose finds what came. Before any lot is held, as whoever receives.
    """
    if dose.lot_id is None and dose.lot_number:
        Location.objects.select_for_update(of=("self",), no_key=True).get(pk=dose.encounter.location_id)


def take(*, dose: Administration, fact: facts.Administration, by: Staff) -> None:
    """The containers that a dose opened leave the shelf. A lot that is not on our shelf moves nothing.

    ``fact`` is the dose as it was signed. What was drawn up and then not given left the shelf all the same: as thrown
    away.
    """
    given = dose.status not in (Status.NOT_GIVEN, Status.REFUSED)
    if not given and not dose.discarded_amount:
        return
    kind, note = (StockMove.Kind.GIVEN, "") if given else (StockMove.Kind.WASTED, DRAWN_UP)
    for portion in _portions(dose, fact):
        containers = vials.draw(portion, dose, by)
        if containers:
            if given:
                _refuse_what_is_gone(portion.lot, containers, dose)
            move(lot=portion.lot, kind=kind, containers=-containers, by=by, administration=dose, note=note)


def take_later(*, dose: Administration, fact: facts.Administration, lot: Lot, by: Staff) -> None:
    """What a signed dose took of a lot that its location received only afterwards."""
    for place, vial in enumerate(vials_of(fact)):
        if written(known(vial.lot) or "") != written(lot.number) or (place == 0 and dose.lot is not None):
            continue
        containers = vials.draw(_portion(lot, vial, dose, fact), dose, by)
        if containers:
            kind = StockMove.Kind.GIVEN
            move(lot=lot, kind=kind, containers=-containers, by=by, administration=dose, note=BEFORE_IT_CAME)


def _refuse_what_is_gone(lot: Lot, containers: int, dose: Administration) -> None:
    """Two who take the last vial: the second is told at the signature, and signs again where it was this vial.

    Raises :class:`Refused` with ``short_of``, the entry that says so. A correction is never asked.
    """
    lot.refresh_from_db(fields=["on_hand"])
    if lot.on_hand >= containers or dose.supersedes_id is not None or dose.entries.get(SHORT_OF):
        return
    last = lot.moves.filter(containers__lt=0).select_related("moved_by").order_by("-pk").first()
    taken = f" {last.moved_by.short_name} {_did(last, lot)} at {clock(last.moved_at)}." if last else ""
    left = f"only {lot.on_hand}" if lot.on_hand > 0 else "none"
    said = f"By our count {left} of lot {lot.number} is left here.{taken}"
    what_to_do = "Take another vial. Or say that it was this one: you can sign, and the shelf is counted"
    raise Refused(said, errors={SHORT_OF: f"{said} {what_to_do}"})


def _did(move: StockMove, lot: Lot) -> str:
    """What somebody did who left too few."""
    if move.kind == StockMove.Kind.COUNTED:
        return "counted the shelf"
    one = "one" if lot.on_hand > 0 or move.containers < -1 else "the last one"
    return f"{TOOK.get(move.kind, 'took')} {one}"


def put_back(*, dose: Administration, by: Staff, version: Administration) -> None:
    """Undo what a dose moved: the reversing rows belong to the version that says so."""
    earlier = list(dose.stock_moves.select_related("lot").order_by("lot_id", "pk"))
    locked: set[int] = set()
    while more := ({one.lot_id for one in earlier} | vials.lots_of(dose)) - locked:
        _lock(more)  # again where a vial was brought elsewhere while this waited
        locked |= more
    still_open = vials.give_back(dose, by, version)
    for one in earlier:
        stays = min(still_open.get(one.lot_id, 0), -one.containers) if one.containers < 0 else 0
        still_open[one.lot_id] = still_open.get(one.lot_id, 0) - stays
        if one.containers + stays:
            containers = -one.containers - stays
            move(lot=one.lot, kind=StockMove.Kind.REVERSED, containers=containers, by=by, administration=version)


def _portions(dose: Administration, fact: facts.Administration) -> list[Portion]:
    """What came of each lot, the lots locked so that two who take the last vial come one after the other."""
    found = list(_found(dose, fact))
    _lock({lot.pk for lot, _ in found})
    return [_portion(lot, vial, dose, fact) for lot, vial in found]


def _lock(ids: set[int]) -> None:
    """In the order of their ids, as everybody does; a record that names the lot meanwhile does not wait for it."""
    list(Lot.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"))


def _found(dose: Administration, fact: facts.Administration) -> Iterator[tuple[Lot, Vial]]:
    """Each container of the dose whose lot stands on our shelf, of the same owner where that owner has the lot."""
    first, *further = vials_of(fact)
    own = dose.lot if dose.lot is not None else received_meanwhile(dose)
    if own is not None:
        yield own, first
    shelf = Lot.objects.filter(location_id=dose.encounter.location_id, product=dose.product)
    for vial in further:
        number = known(vial.lot)
        same = numbered(shelf, number).order_by("pk") if number else ()
        lot = min(same, key=lambda one: dose.lot is None or one.source != dose.lot.source, default=None)
        if lot is not None:
            yield lot, vial


def _portion(lot: Lot, vial: Vial, dose: Administration, fact: facts.Administration) -> Portion:
    kept = vial.single_dose is False
    several = bool(fact.containers)
    charted = "opened" in dose.entries and not several
    opened = None if kept and not charted else (1 if several else dose.opened)
    nothing_said = vial.used is None and known(vial.discarded) is None
    if vial.holds is None or not vial.holds.amount or nothing_said:
        return Portion(lot, opened, kept)
    given, wasted = _amount(vial.used, vial, fact), _amount(known(vial.discarded), vial, fact)
    if given is None or wasted is None:
        return Portion(lot, opened, kept)
    return Portion(lot, opened, kept, vial.holds.amount.quantize(FOUR_PLACES), vial.holds.unit, given, wasted)


def _amount(amount: Quantity | None, vial: Vial, fact: facts.Administration) -> Decimal | None:
    """The amount in the unit of the label; ``None`` where nothing says how one turns into the other."""
    if amount is None:
        return NOTHING
    assert vial.holds is not None
    strength = vial.package.concentration if vial.package else None
    same = in_measure_of(amount, vial.holds, strength, equation_of(fact))
    return same.to(vial.holds.unit).amount.quantize(FOUR_PLACES) if same is not None else None
