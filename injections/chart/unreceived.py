"""Doses of lots that no shelf here knows: their number was read on the label, and nobody had received them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Trim, Upper

from injections.chart.reading import GIVEN, with_related
from injections.facts import Source
from injections.models import Administration, Lot, StockMove, VialMove
from injections.models.lot_number import numbered, written

#: a drug that was never the clinic's to receive
NOT_OURS = (Source.PATIENT.value, Source.FACILITY.value)

LOT_HERE = ("location", "product", "number")


class Further(NamedTuple):
    """One further vial of a dose: where it was given, of which lot, and what was read on its label."""

    dose: int
    shelf: int
    product: int
    number: str
    ndc: str
    expires_on: date | None
    source: str
    day: date


def unknown_first(rows: QuerySet[Administration]) -> QuerySet[Any]:
    """Of these the doses whose only or first vial is of a lot that its location never received.

    Each says its ``shelf``, the location, and the ``number`` as it is written here.
    """
    here = _ours().filter(location=OuterRef("shelf"), product=OuterRef("product")).alias(key=Upper(Trim("number")))
    unknown = _from_our_supply(rows).filter(~Exists(here.filter(key=OuterRef("number"))), lot=None)
    return unknown.exclude(number="")


class FurtherLots(Func):
    """The lots of all vials of a dose but the first, as one text: doses of the same lots are looked at once."""

    template = "jsonb_path_query_array(%(expressions)s, '$[1 to last].lot')::text"
    output_field = TextField()


def unknown_further(rows: QuerySet[Administration]) -> Iterator[Further]:
    """The further vials of these doses that are of such a lot."""
    several = _from_our_supply(rows).order_by().exclude(containers=[]).annotate(lots=FurtherLots("containers"))
    together = list(several.values_list("shelf", "product", "lots").distinct())
    here = _ours().filter(product__in={product for _, product, _ in together})
    known = {(place, product, written(lot)) for place, product, lot in here.values_list(*LOT_HERE)}
    unknown = {
        lots for place, product, lots in together if any((place, product, one) not in known for one in _read(lots))
    }
    found = _further(several.filter(lots__in=unknown)) if unknown else ()
    return (one for one in found if (one.shelf, one.product, one.number) not in known)


def _read(lots: str) -> Iterator[str]:
    """The lot numbers in that text; one that was said to be unobtainable is none."""
    return (written(lot) for lot in json.loads(lots) if isinstance(lot, str) and lot.strip())


def waiting_for(lot: Lot) -> list[Administration]:
    """The doses of this lot that were given before its location knew it and that no count holds yet, oldest first.

    None where the lot is a patient's own, or lies here for another owner too: then nobody can tell whose was given.
    """
    if _only_one(lot.location_id, lot.product_id, lot.number) != lot:
        return []
    here = Administration.objects.filter(encounter__location=lot.location_id, product=lot.product_id)
    rows, number = _from_our_supply(here), written(lot.number)
    further = {one.dose for one in _further(rows) if one.number == number}
    rows = rows.filter(Q(lot=None, number=number) | Q(pk__in=further))
    counted = StockMove.objects.filter(lot=lot, administration=OuterRef("pk"))
    drawn = VialMove.objects.filter(vial__lot=lot, administration=OuterRef("pk"))
    return list(with_related(rows.filter(~Exists(counted), ~Exists(drawn)).order_by("given_at", "pk")))


def received_meanwhile(dose: Administration) -> Lot | None:
    """The lot of a dose that was read as of no shelf, where it was received here before the dose was written down."""
    if not dose.lot_number or dose.source in NOT_OURS:
        return None
    return _only_one(dose.encounter.location_id, dose.product_id, dose.lot_number)


def _only_one(location_id: int, product_id: int, number: str) -> Lot | None:
    """The lot of that number; ``None`` where it lies here for several owners: nobody can tell whose was given."""
    same = list(numbered(_ours().filter(location=location_id, product=product_id), number)[:2])
    return same[0] if len(same) == 1 else None


def _ours() -> QuerySet[Lot]:
    return Lot.objects.exclude(source=Source.PATIENT.value)


def _from_our_supply(rows: QuerySet[Administration]) -> QuerySet[Any]:
    given = rows.filter(status__in=GIVEN, superseded_by=None).exclude(source__in=NOT_OURS)
    return given.annotate(shelf=F("encounter__location"), number=Upper(Trim("lot_number")))


def _further(rows: QuerySet[Administration]) -> Iterator[Further]:
    several = rows.order_by().exclude(containers=[])
    columns = ("pk", "shelf", "product", "source", "encounter__date", "containers")
    for pk, shelf, product, source, day, containers in several.values_list(*columns):
        for one in containers[1:]:
            if isinstance(lot := one.get("lot"), str) and lot.strip():
                expires, ndc = one.get("expires"), one.get("ndc") or ""
                expires_on = date.fromisoformat(expires) if isinstance(expires, str) else None
                yield Further(pk, shelf, product, written(lot), ndc, expires_on, source, day)
