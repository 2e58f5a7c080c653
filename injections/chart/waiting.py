"""Who still waits after a dose: which drugs ask for it, for how long, and until when by the clock of the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from django.db.models import QuerySet

from injections.chart.doses import signed_fact
from injections.chart.products import product_fact
from injections.chart.reading import GIVEN, read_chart
from injections.checks.patient import wait_after
from injections.models import Administration, Location


@dataclass(frozen=True, slots=True)
class Waiting:
    """One patient who is being watched after ``dose``, for ``minutes`` from ``began``."""

    dose: Administration
    began: datetime
    minutes: int

    @property
    def until(self) -> datetime:
        return self.began + timedelta(minutes=self.minutes)

    def left(self, now: datetime) -> int:
        """Whole minutes still to wait, the last one begun counted; 0 when it is over."""
        return max(0, ceil((self.until - now).total_seconds() / 60))

    def is_over(self, now: datetime) -> bool:
        return self.until <= now


def minutes_after(dose: Administration) -> int | None:
    """How many minutes this dose asks to watch for; ``None`` where its drug asks for no wait."""
    product = product_fact(dose.product)
    if not product.first_doses:
        return product.observation_minutes
    visit = read_chart(dose.encounter)
    return wait_after(visit, signed_fact(dose))[0]


def waiting_of(dose: Administration) -> Waiting | None:
    """The wait after this dose, whether or not somebody has said how it ended."""
    minutes = minutes_after(dose)
    return Waiting(dose, dose.given_at or dose.charted_at, minutes) if minutes else None


def waiting_at(location: Location, on: date) -> list[Waiting]:
    """The doses of that day at that place whose wait nobody has ended yet, whoever is due first standing first."""
    found = [waiting_of(dose) for dose in _open(location, on)]
    return sorted((one for one in found if one is not None), key=lambda one: (one.until, one.dose.pk))


def _open(location: Location, on: date) -> QuerySet[Administration]:
    rows = Administration.objects.filter(
        encounter__location=location,
        encounter__date=on,
        status__in=GIVEN,
        superseded_by=None,
        observations=None,
        product__details__has_key="observation_minutes",
    )
    related = ("product", "encounter__patient", "encounter__location", "encounter__practice")
    return rows.select_related(*related).prefetch_related("product__codings", "product__packages")
