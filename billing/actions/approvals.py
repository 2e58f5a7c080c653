"""Approvals of a plan as the rules want them, and how much of each the claim lines have used."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum

from billing.context import Authorization
from billing.models import ClaimLine


def of_visit(encounter: Any, coverage: Any) -> tuple[Authorization, ...]:
    """Every approval of the plan, with what other visits have left of it."""
    if coverage is None:
        return ()
    return tuple(
        Authorization(
            hcpcs=approval.code,
            number=approval.number,
            since=approval.since,
            until=approval.until,
            units_left=_left(approval, encounter.pk),
        )
        for approval in coverage.approvals.standing()
    )


def _left(approval: Any, visit: int) -> int | None:
    return None if approval.units is None else max(0, approval.units - units_used(approval, but=visit))


def units_used(approval: Any, but: int | None = None) -> int:
    """Units on the claim lines in the days of the approval, of every visit ``but`` one."""
    found = _lines(approval).exclude(review__encounter_id=but) if but else _lines(approval)
    return found.aggregate(units=Sum("units"))["units"] or 0


def _lines(approval: Any) -> Any:
    """Lines of that code, patient and payer as they stand now, in the days of the approval."""
    lines = ClaimLine.objects.filter(
        review__superseded_by__isnull=True,
        review__encounter__patient_id=approval.coverage.patient_id,
        review__encounter__date__gte=approval.since,
        review__payer_key=approval.coverage.payer_key,
        code=approval.code,
    )
    return lines.filter(review__encounter__date__lte=approval.until) if approval.until else lines
