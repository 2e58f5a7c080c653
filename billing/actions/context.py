"""What the bill needs to know beside the chart: read once from the rows of the visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from billing.actions import approvals
from billing.case import Case
from billing.context import BilledLine, BillingContext, Filing
from billing.deadline import last_day
from billing.models import ClaimLine, Locality
from billing.reference import Reference
from billing.reference.payers import Payer
from injections.chart import kept_from_plan

#: what a payer that we have no file for is taken to want
LIKE = "commercial"


def context(encounter: Any, reference: Reference) -> BillingContext:
    """Who pays for this visit, and what the practice already bills for the patient and day."""
    coverage = encounter.coverage or covering(encounter)
    payer = named(coverage.payer_key if coverage else "", reference)
    approved = approvals.of_visit(encounter, coverage)
    return BillingContext(
        payer=payer,
        authorizations=approved,
        # a plan that approved a drug once wants to be asked again when that has ended
        authorization_required=frozenset(approval.hcpcs for approval in approved),
        same_day=tuple(same_day(encounter)),
        filing=Filing(as_of=timezone.localdate(timezone=encounter.practice.zone)),
        restricted_disclosure=kept_from_plan(encounter),
        locality=locality(encounter.location, encounter.date),
    )


def locality(location: Any, day: date) -> str | None:
    """Where Medicare's amounts are looked up: as the practice says, else by the state, often one locality."""
    said = Locality.objects.filter(location_id=location.pk).first()
    return str(said) if said else location.told("state", day) or None


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


def file_by(case: Case) -> date | None:
    """The last day on which the payer takes the claim, where its limit is known."""
    return last_day(case.day, case.wants("filing-days"))
