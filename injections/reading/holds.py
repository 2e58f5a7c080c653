"""Times out of range: what was there, what of it is still on hold, and who got a dose of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from injections.chart.reading import GIVEN
from injections.models import Administration, Excursion, HeldLot


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


def given(excursion: Excursion, by: Any) -> list[Given]:
    """The doses of these lots that stand and were given since it began, newest first."""
    rows = Administration.objects.for_user(by).filter(
        lot__in=excursion.held.values("lot"), status__in=GIVEN, superseded_by=None, given_at__gte=excursion.began_at
    )
    found = rows.select_related("encounter__patient", "product", "lot").order_by("-given_at", "-pk")
    return [Given(dose, bool(dose.given_at and dose.given_at <= excursion.ended_at)) for dose in found]
