"""Approved lines on their way to the practice-management system. A line goes once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction

from billing.actions import visits
from billing.models import ClaimLine, Export, ExportedLine, Review, worklist
from injections.chart import kept_encounters


def approved(user: Any, today: Any) -> list[Review]:
    """What would go now, oldest visit first. A visit that no plan may be told of never goes, whoever approved it."""
    rows = worklist.standings(worklist.visible(user), today)
    waiting = [row.pk for row in rows if row.tab == worklist.READY and row.waits_for == "approved"]
    reviews = Review.objects.filter(pk__in=waiting)
    encounters = apps.get_model("injections", "Encounter").objects.filter(reviews__in=waiting)
    return list(reviews.exclude(encounter__in=kept_encounters(encounters)).order_by("encounter__date", "pk"))


@transaction.atomic
def send(*, by: Any, today: Any, submission_key: UUID) -> Export | None:
    """Take every approved line, once. The same form sent again answers the same export; nothing to send answers none.

    Each visit is held while its lines are taken, and asked again whether it still stands approved: an amendment or
    an undo that came first keeps it back.
    """
    again = Export.objects.filter(submission_key=submission_key).first()
    if again is not None:
        return again
    candidates = approved(by, today)
    for encounter_id in sorted({review.encounter_id for review in candidates}):
        visits.hold(encounter_id)
    standing = {review.pk for review in approved(by, today)} & {review.pk for review in candidates}
    lines = ClaimLine.objects.filter(review__in=standing).order_by("review__encounter__date", "review_id", "line_no")
    if not lines:
        return None
    export = Export.objects.create(practice_id=by.practice_id, by=by, submission_key=submission_key)
    ExportedLine.objects.bulk_create(
        ExportedLine(practice_id=by.practice_id, export=export, line=line) for line in lines
    )
    return export
