"""What the bill needs to know beside the chart: read once from the rows of the visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from billing.case import Case
from billing.context import BilledLine, BillingContext, Filing
from billing.models import ClaimLine
from billing.outcomes import claim_gap
from billing.reference import Reference
from billing.reference.payers import Payer

#: what a payer that we have no file for is taken to want
LIKE = "commercial"


def context(encounter: Any, reference: Reference) -> BillingContext:
    """Who pays for this visit, and what the practice already bills for the patient and day."""
    coverage = encounter.coverage or covering(encounter)
    payer = named(coverage.payer_key if coverage else "", reference)
    return BillingContext(
        payer=payer,
        same_day=tuple(same_day(encounter)),
        filing=Filing(as_of=timezone.localdate(timezone=encounter.practice.zone)),
    )


def covering(encounter: Any) -> Any:
    """The patient's first plan in force on the day, where the visit names none."""
    day = encounter.date
    begun = Q(since=None) | Q(since__lte=day)
    lasting = Q(until=None) | Q(until__gte=day)
    return encounter.patient.coverages.filter(begun, lasting).order_by("rank").first()


def named(key: str, reference: Reference) -> Payer:
    """The payer of that key. One that nobody described keeps its key, and wants what most do."""
    found = reference.payers.get(key)
    if found is not None:
        return found
    like = reference.payers.get(LIKE)
    return Payer(key, key or "No coverage on file", like.kind if like else LIKE, follows=like)


def same_day(encounter: Any) -> list[BilledLine]:
    """Lines of the patient's other visits on that day, as they stand now."""
    lines = ClaimLine.objects.filter(
        review__superseded_by__isnull=True,
        review__encounter__patient_id=encounter.patient_id,
        review__encounter__date=encounter.date,
    ).exclude(review__encounter_id=encounter.pk)
    return [BilledLine(line.code, line.units, tuple(line.modifiers)) for line in lines.order_by("pk")]


def no_coverage(case: Case) -> Case:
    """The case, told that nobody is named to pay for it. Only the rows know that: a document always names a payer."""
    if case.context.payer.key or not case.charges:
        return case
    gap = claim_gap(
        "No coverage is on file for this day",
        because="the visit names no plan, and the patient has none that was in force",
        fix="Add the coverage, or self-pay, to the patient",
        fields=("payer",),
    )
    return replace(case, findings=(*case.findings, replace(gap, rule="coverage.none_on_file")))


def file_by(case: Case) -> date | None:
    """The last day on which the payer takes the claim, where its limit is known."""
    days = case.wants("filing-days")
    return case.day + timedelta(days=days) if isinstance(days, int) and not isinstance(days, bool) else None
