"""Stock: every movement is a row, and the lot's count follows it. What leaves a shelf whole, and what was counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from injections.actions.errors import Refused
from injections.actions.once import made_before
from injections.actions.rights import need, same_practice
from injections.days import written_day
from injections.models import Administration, HeldLot, Location, Lot, Product, Staff, StockMove
from injections.models.lot_number import numbered

SHORT = "More was used than the count showed"


@transaction.atomic
def count(
    *,
    lot: Lot,
    containers: int,
    by: Staff,
    note: str = "",
    witness: Staff | None = None,
    submission_key: UUID | None = None,
) -> Lot:
    """Somebody counted the shelf: the difference becomes a movement, and a count that agrees is written down too.

    Where a controlled drug is missing or found, a colleague counted it too, and somebody says what explains it.
    """
    need(by, "stock.write", lot)
    same_practice(by, witness)
    lot = Lot.objects.select_for_update(of=("self",), no_key=True).select_related("product").get(pk=lot.pk)
    if made_before(StockMove.objects.all(), submission_key):
        return lot
    difference = containers - lot.on_hand
    if difference and controlled(lot.product):
        _need_explanation(lot, by, witness, note)
    told: dict[str, Any] = {"note": note, "witness": witness, "submission_key": submission_key}
    move(lot=lot, kind=StockMove.Kind.COUNTED, containers=difference, by=by, **told)
    return lot


def _need_explanation(lot: Lot, by: Staff, witness: Staff | None, note: str) -> None:
    """Raises :class:`Refused` where a controlled drug differs from the ledger and nobody else saw it, or says why."""
    said = f"By the ledger {lot.on_hand} of this controlled drug are here"
    if witness is None or witness.pk == by.pk:
        raise Refused(said, errors={"witness": "Choose the colleague who counted too"})
    if not note.strip():
        raise Refused(said, errors={"note": "Count again, or say what explains it"})


@transaction.atomic
def waste(
    *,
    lot: Lot,
    containers: int,
    by: Staff,
    note: str,
    witness: Staff | None = None,
    kind: str = StockMove.Kind.WASTED,
    submission_key: UUID | None = None,
) -> Lot:
    """Containers that leave the shelf whole: broken, out of date, sent back. Says why, and never more than there are.

    A controlled drug is thrown away before a colleague's eyes.
    """
    need(by, "stock.write", lot)
    same_practice(by, witness)
    if not note.strip():
        raise Refused("Say why it leaves the shelf", errors={"note": "Enter a reason"})
    if kind == StockMove.Kind.EXPIRED:
        _need_expired(lot)
    need_witness(lot.product, by, witness)
    take_off(lot, containers, kind=kind, by=by, note=note, witness=witness, submission_key=submission_key)
    return lot


def _need_expired(lot: Lot) -> None:
    """Raises :class:`Refused` up to the last day of the label. Of an opened vial the rest is thrown away by itself."""
    if lot.expires_on < timezone.localdate(timezone=lot.location.practice.zone):
        return
    said = f"The label says {written_day(lot.expires_on)}: lot {lot.number} may be used through that day"
    what_to_do = "Check the label. If it leaves for another reason, choose Throw away"
    raise Refused(said, errors={"act": what_to_do})


def take_off(lot: Lot, containers: int, *, submission_key: UUID | None, **told: Any) -> bool:
    """Whole containers leave this shelf. False where the same submission has done it already."""
    if containers < 1:
        raise Refused("Enter how many", errors={"containers": "Enter a whole number above zero"})
    left = Lot.objects.select_for_update(of=("self",), no_key=True).get(pk=lot.pk).on_hand
    if made_before(StockMove.objects.all(), submission_key):
        return False
    if left < containers:
        how_many = f"Only {left} of lot {lot.number}" if left > 0 else f"Nothing of lot {lot.number}"
        raise Refused(f"{how_many} is left on the shelf", errors={"containers": "Count the shelf"})
    move(lot=lot, containers=-containers, submission_key=submission_key, **told)
    return True


def hold_both(lot: Lot, to: Location) -> None:
    """This lot and the same one on that shelf, if it is there, locked in the order of their ids, as everybody does.

    So two who move it both ways at once come one after the other. The location is held too: nobody else makes the lot
    there meanwhile. A record that names a lot or a location does not wait for either.
    """
    Location.objects.select_for_update(of=("self",), no_key=True).get(pk=to.pk)
    ids = [lot.pk, *_same(to, lot).values_list("pk", flat=True)]
    list(Lot.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"))


def _same(to: Location, lot: Lot) -> QuerySet[Lot]:
    shelf = Lot.objects.filter(location=to, product=lot.product, package=lot.package, source=lot.source)
    return numbered(shelf, lot.number)


def same_at(to: Location, lot: Lot) -> Lot:
    """The same lot on the shelf of that location; what is on hold or recalled stays so where it is brought.

    The caller holds both (:func:`hold_both`).
    """
    there = _same(to, lot).first()
    if there is None:
        kept = ("practice_id", "product_id", "package_id", "number", "expires_on", "manufacturer", "source")
        there = Lot.objects.create(location=to, **{name: getattr(lot, name) for name in (*kept, "recalled_at")})
    for held in HeldLot.objects.filter(lot=lot, end=None):
        HeldLot.objects.get_or_create(practice_id=lot.practice_id, excursion_id=held.excursion_id, lot=there)
    return there


def controlled(product: Product) -> str:
    """The schedule of a controlled drug, such as "CIII"; empty for any other."""
    return str(product.details.get("schedule") or "")


def need_witness(product: Product, by: Staff, witness: Staff | None) -> None:
    """Raises :class:`Refused` where a controlled drug is thrown away without a colleague's eyes on it."""
    if controlled(product) and (witness is None or witness.pk == by.pk):
        raise Refused("This is a controlled drug", errors={"witness": "Choose the colleague who saw it"})


def move(
    *,
    lot: Lot,
    kind: str,
    containers: int,
    by: Staff,
    administration: Administration | None = None,
    note: str = "",
    witness: Staff | None = None,
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
        witness=witness,
        submission_key=submission_key,
    )
