"""Times out of range: what was there, what of it is still on hold, and who got a dose of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from injections.chart.reading import GIVEN
from injections.models import Administration, Excursion, HeldLot, HoldEnd, Lot, StockMove, VialMove
from injections.models.lot_number import written

#: how long after the span a lot that is written down may have lain there already
WRITTEN_LATER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Given:
    """A dose of a lot that was there, given since it began; ``during`` says whether it was still going on."""

    dose: Administration
    during: bool


def excursions(by: Any) -> QuerySet[Excursion]:
    """Newest first, each with how many lots are still ``waiting``."""
    waiting = Count("held", filter=Q(held__end=None))
    rows = Excursion.objects.for_user(by).select_related("location", "reported_by")
    return rows.annotate(waiting=waiting, lots=Count("held")).order_by("-began_at", "-pk")


def held(excursion: Excursion) -> list[HeldLot]:
    """What was there: first the lots that still wait for a decision."""
    related = ("lot__product", "lot__location", "end__by")
    rows = excursion.held.select_related(*related).order_by("lot__product__name", "lot__number", "pk")
    return sorted(rows, key=lambda one: hasattr(one, "end"))


def decisions(decided: Iterable[HeldLot]) -> list[tuple[HoldEnd, list[HeldLot]]]:
    """What was decided, each with the lots that it was said of, the latest first."""
    groups: dict[tuple[str, str, str, int], list[HeldLot]] = {}
    for one in decided:
        end = one.end
        groups.setdefault((end.outcome, end.decided_by, end.reason, end.by_id), []).append(one)
    return sorted(((of[0].end, of) for of in groups.values()), key=lambda group: group[0].at, reverse=True)


def given(excursion: Excursion, by: Any) -> list[Given]:
    """The doses with any container of these lots that stand and were given since it began, newest first."""
    rows = Administration.objects.for_user(by).filter(
        status__in=GIVEN, superseded_by=None, given_at__gte=excursion.began_at
    )
    lots = list(Lot.objects.filter(holds__excursion=excursion))
    shelf = StockMove.objects.filter(administration=OuterRef("pk"), lot__in=lots, kind=StockMove.Kind.GIVEN)
    opened = VialMove.objects.filter(
        administration=OuterRef("pk"), vial__lot__in=lots, kind=VialMove.Kind.GIVEN, amount__gt=0
    )
    of_these = Q(lot__in=lots) | Exists(shelf) | Exists(opened) | Q(pk__in=list(_charted(rows, lots)))
    found = rows.filter(of_these).select_related("encounter__patient", "product", "lot").order_by("-given_at", "-pk")
    return [Given(dose, bool(dose.given_at and dose.given_at <= excursion.ended_at)) for dose in found]


def _charted(rows: QuerySet[Administration], lots: list[Lot]) -> Iterator[int]:
    """The doses that name one of these lots as a further container, also where its shelf was never touched."""
    there = {(lot.product_id, lot.location_id, written(lot.number)) for lot in lots}
    several = rows.order_by().exclude(containers=[])
    for pk, product, place, containers in several.values_list("pk", "product", "encounter__location", "containers"):
        numbers = (one.get("lot") for one in containers)
        if any((product, place, written(number)) in there for number in numbers if isinstance(number, str)):
            yield pk


def written_later(excursion: Excursion) -> QuerySet[Lot]:
    """Lots first written down in the week after it ended: only people know whether they lay there already."""
    came = StockMove.objects.filter(lot=OuterRef("pk"), containers__gt=0)
    came = came.filter(kind__in=(StockMove.Kind.RECEIVED, StockMove.Kind.COUNTED)).order_by("moved_at")
    later = (excursion.ended_at, excursion.ended_at + WRITTEN_LATER)
    lots = Lot.objects.annotate(written_at=Subquery(came.values("moved_at")[:1])).filter(written_at__range=later)
    lots = lots.filter(location_id=excursion.location_id).exclude(holds__excursion=excursion)
    return lots.select_related("product", "location").order_by("product__name", "number", "pk")
