"""The doses that count under an order: one rule, wherever they are counted.

A dose counts when a signed record under this very order says that it was given and nothing has replaced the record. One
that was given in part counts too, because the next one is due from it; whatever completes it on the same day is no
further dose. What was refused, not given or entered in error never counts, nor does a dose under another order or one
that the patient tells of.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from injections.facts import Status
from injections.models import Administration, Order, Patient, Staff
from injections.models.practice import PracticeQuerySet

IN_PART = Q(status=Status.PARTLY.value)


def given_under(order: Order | OuterRef) -> QuerySet[Administration]:
    """Its doses that count, one row for each."""
    standing = Administration.objects.filter(
        status__in=[Status.GIVEN.value, Status.PARTLY.value], superseded_by__isnull=True
    )
    same_day = standing.filter(order=OuterRef("order"), encounter__date=OuterRef("encounter__date"))
    completed = Exists(same_day.filter(Q(status=Status.GIVEN.value) | Q(IN_PART, pk__lt=OuterRef("pk"))))
    return standing.filter(~IN_PART | ~completed, order=order)


def given_before(order: Order, day: date) -> QuerySet[Administration]:
    """Those that count before one more dose is charted on that day, which may complete one given in part."""
    return given_under(order).exclude(IN_PART, encounter__date=day)


def given_on(by: Staff, patient: Patient, day: date) -> QuerySet[Administration]:
    """What the patient got on that day as far as this person sees it, the first dose first."""
    return _got(Administration.objects.for_user(by), [patient.pk], day)


def given_to(patients: Iterable[int], day: date) -> QuerySet[Administration]:
    """What these patients got on that day, the first dose first."""
    return _got(Administration.objects.all(), patients, day)


def _got(rows: QuerySet[Administration], patients: Iterable[int], day: date) -> QuerySet[Administration]:
    of_day = rows.filter(encounter__patient__in=list(patients), encounter__date=day)
    standing = of_day.filter(status__in=[Status.GIVEN.value, Status.PARTLY.value], superseded_by=None)
    return standing.select_related("product", "encounter").order_by("given_at", "pk")


def next_number(order: Order, day: date, *, corrects: Administration | None = None) -> int:
    """Which dose of the order one charted for that day is: the first is 1. A correction is the dose it ``corrects``."""
    before = given_before(order, day).filter(encounter__date__lte=day)
    return (before.exclude(pk=corrects.pk) if corrects is not None else before).count() + 1


def with_given(rows: PracticeQuerySet[Any], *, order: str = "pk", before: date | None = None) -> PracticeQuerySet[Any]:
    """Rows with ``given``, ``first_given`` and ``last_given`` of the order that ``order`` leads to.

    ``before`` leaves out the doses of that day and later.
    """
    counted = given_under(OuterRef(order))
    if before is not None:
        counted = counted.filter(encounter__date__lt=before)
    grouped = counted.order_by().values("order")
    return rows.annotate(
        given=Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), 0),
        first_given=Subquery(grouped.annotate(day=Min("encounter__date")).values("day")),
        last_given=Subquery(grouped.annotate(day=Max("encounter__date")).values("day")),
    )
