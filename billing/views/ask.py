"""Whom a biller can ask about a visit, and the question that lies nearest."""

from __future__ import annotations

from typing import Any

from billing.models import Review
from injections.findings import Owner


def people(review: Review) -> list[tuple[int, str]]:
    """Those who were there first, then the other clinicians of the practice."""
    from django.apps import apps

    there = involved(review)
    staff = apps.get_model("injections", "Staff").objects.filter(practice_id=review.practice_id, is_active=True)
    clinical = staff.filter(role__in=["nurse", "medical-assistant", "physician"])
    ordered = sorted(
        clinical, key=lambda person: (there.index(person.pk) if person.pk in there else 99, person.sort_name)
    )
    return [(person.pk, person.signs_as) for person in ordered]


def involved(review: Review) -> list[int]:
    """Who gave, supervised, ordered or charted a dose of the visit. Whoever the first gap waits for comes first."""
    gap = review.gaps.exclude(gate="nothing").first()
    columns = ["given_by_id", "charted_by_id", "supervisor_id", "order__ordered_by_id"]
    if gap is not None and gap.owner == Owner.PHYSICIAN:
        columns = columns[2:] + columns[:2]
    doses: list[tuple[Any, ...]] = list(review.encounter.administrations.order_by("-pk").values_list(*columns))
    found = [row[place] for place in range(len(columns)) for row in doses if row[place]]
    return list(dict.fromkeys(found))


def suggested(review: Review) -> str:
    """The first gap as a question, with the dose it is about; empty where nothing is missing."""
    gap = review.gaps.exclude(gate="nothing").first()
    if gap is None:
        return ""
    fix = f" {gap.fix.rstrip('.')}, please." if gap.fix else " Can you complete the record?"
    return f"{gap.summary.rstrip('.')}.{fix}"
