"""Lots that were given here and never received: which, how many doses, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from injections.chart.unreceived import Further, unknown_first, unknown_further
from injections.models import Administration, Location, Lot, Product, Staff, StockMove, VialMove

Key = tuple[int, int, str]


@dataclass(slots=True)
class Unreceived:
    """A lot that was given at a location and never received there; what was read on its label, dose by dose."""

    location: Location
    product: Product
    number: str
    doses: int
    first: date
    last: date
    ndcs: set[str] = field(default_factory=set)
    expiries: set[date] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    @property
    def expires(self) -> list[date]:
        return sorted(self.expiries)

    @property
    def asked_by(self) -> str:
        """What the address of its doses asks for."""
        return urlencode({"location": self.location.pk, "product": self.product.pk, "lot": self.number})

    @property
    def filled_in(self) -> str:
        """What the page that receives it is filled in with: only what every dose says alike."""
        said = {"location": self.location.pk, "number": self.number, "ndc": _only(self.ndcs)}
        said |= {"source": _only(self.sources)}
        if day := _only(self.expiries):
            said["expires_on"] = f"{day:%m/%d/%Y}"
        return urlencode({name: text for name, text in said.items() if text})


def _only(found: set[Any]) -> Any:
    return next(iter(found)) if len(found) == 1 else None


def unreceived(by: Staff | Any, **only: Any) -> list[Unreceived]:
    """Every such lot, the one that was given last on top. ``only`` narrows the doses that are asked."""
    rows = Administration.objects.for_user(by).filter(**only)
    counted = _first_vials(rows)
    for one in _others(rows):
        _add(counted, one)
    places = Location.objects.in_bulk({place for place, _, _ in counted})
    drugs = Product.objects.in_bulk({drug for _, drug, _ in counted})
    found = [Unreceived(places[place], drugs[drug], number, **said) for (place, drug, number), said in counted.items()]
    return sorted(found, key=lambda one: (-one.last.toordinal(), one.product.name, one.number))


def _first_vials(rows: QuerySet[Administration]) -> dict[Key, dict[str, Any]]:
    grouped = unknown_first(rows).order_by().values("shelf", "product", "number").annotate(
        doses=Count("pk"), first=Min("encounter__date"), last=Max("encounter__date"),
        ndcs=ArrayAgg("ndc", distinct=True), expiries=ArrayAgg("expires_on", distinct=True),
        sources=ArrayAgg("source", distinct=True),
    )  # fmt: skip
    lists = ("ndcs", "expiries", "sources")
    return {
        (row["shelf"], row["product"], row["number"]): {
            **{name: row[name] for name in ("doses", "first", "last")},
            **{name: set(row[name]) - {"", None} for name in lists},
        }
        for row in grouped
    }


def _others(rows: QuerySet[Administration]) -> Iterator[Further]:
    """The further vials, each lot of a dose once: where its first vial is of the same lot, it is counted already."""
    found = list(unknown_further(rows))
    first = unknown_first(rows).filter(pk__in={one.dose for one in found}).values_list("pk", "number")
    told = set(first) if found else set()
    for one in found:
        if (one.dose, one.number) not in told:
            told.add((one.dose, one.number))
            yield one


def _add(counted: dict[Key, dict[str, Any]], one: Further) -> None:
    said = counted.setdefault(
        (one.shelf, one.product, one.number),
        {"doses": 0, "first": one.day, "last": one.day, "ndcs": set(), "expiries": set(), "sources": set()},
    )
    said["doses"] += 1
    said["first"], said["last"] = min(said["first"], one.day), max(said["last"], one.day)
    for name, read in (("ndcs", one.ndc), ("expiries", one.expires_on), ("sources", one.source)):
        if read:
            said[name].add(read)


def doses(one: Unreceived, by: Staff | Any) -> QuerySet[Administration]:
    """The doses of it, newest first."""
    rows = Administration.objects.for_user(by).filter(encounter__location=one.location, product=one.product)
    first = unknown_first(rows).filter(number=one.number).values("pk")
    further = {other.dose for other in unknown_further(rows) if other.number == one.number}
    found = rows.filter(Q(pk__in=first) | Q(pk__in=further)).select_related("encounter__patient", "product")
    return found.order_by("-given_at", "-pk")


def taken_off(lot: Lot) -> int:
    """How many doses were given of it before it came, and taken off its count when it did."""
    moved = Q(Exists(StockMove.objects.filter(lot=lot, administration=OuterRef("pk"))))
    drawn = Q(Exists(VialMove.objects.filter(vial__lot=lot, administration=OuterRef("pk"))))
    here = Administration.objects.filter(encounter__location=lot.location_id, product=lot.product_id)
    return here.filter(moved | drawn, charted_at__lt=lot.created_at).count()
