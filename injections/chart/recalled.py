"""Which doses came from a lot, whichever of their containers it was: asked by the recall and by the bill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from injections.chart.reading import GIVEN
from injections.models import Administration, Product, Recall, Staff
from injections.models.lot_number import numbered, written
from injections.models.recall import may_be_of


@dataclass(frozen=True, slots=True)
class Recalled:
    """A recalled lot and the doses that came from it, by visit: what the bill may know of it."""

    drug: str
    number: str
    reason: str
    stopped_at: datetime
    doses: dict[int, list[int]]


def find_recall(pk: int, by: Staff | Any) -> Recalled | None:
    """The recall of that number where this person reaches it."""
    found = Recall.objects.for_user(by).filter(pk=pk).select_related("product").first()
    if found is None:
        return None
    doses: dict[int, list[int]] = {}
    for dose, visit in doses_of(found.product, found.number, by, found.labeler).values_list("pk", "encounter_id"):
        doses.setdefault(visit, []).append(dose)
    return Recalled(str(found.product), found.number, found.reason, found.stopped_at, doses)


def doses_of(product: Product, number: str, by: Staff | Any, labeler: str = "") -> QuerySet[Administration]:
    """The doses of that lot that stand, newest first; of one maker also those whose maker nobody charted.

    Each of the vials of a dose counts, with its own lot and NDC.
    """
    rows = Administration.objects.for_user(by).filter(product=product, status__in=GIVEN, superseded_by=None)
    first = of_maker(labeler, numbered(rows, number, column="lot_number"), "ndc")
    further = [one.pk for one in further_of(rows, number) if not labeler or may_be_of(one.ndc, labeler)]
    found = rows.filter(Q(pk__in=first.values("pk")) | Q(pk__in=further)) if further else first
    return found.order_by("-given_at", "-pk")


def of_maker(labeler: str, rows: Any, column: str) -> Any:
    """Those rows whose NDC may be of that maker, or is not known; all of them where no maker is named."""
    if not labeler:
        return rows
    written = rows.order_by().values_list(column, flat=True).distinct()
    its = [ndc for ndc in written if may_be_of(ndc, labeler)]
    return rows.filter(Q(**{f"{column}__in": its}) | Q(**{f"{column}__isnull": True}))


class Further(NamedTuple):
    """A further vial of a dose."""

    pk: int
    product_id: int
    ndc: str


def further_of(rows: QuerySet[Administration], number: str) -> Iterator[Further]:
    """The doses that had that lot in one of their further vials."""
    key = written(number)
    several = rows.order_by().exclude(containers=[]).values_list("pk", "product_id", "containers")
    for pk, product, containers in several:
        for one in containers[1:]:
            lot = one.get("lot")
            if isinstance(lot, str) and written(lot) == key:
                yield Further(pk, product, one.get("ndc") or "")
