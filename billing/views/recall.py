"""What a recalled lot was billed as: the visits and lines of its doses, and how far each has gone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.models import ClaimLine, Review, worklist
from billing.models.worklist import SENT, TABS
from injections.chart import find_recall
from injections.policy import requires


@dataclass(frozen=True, slots=True)
class Affected:
    """One visit: its current review, the lines that came of the recalled doses, and where it stands."""

    review: Review
    lines: list[ClaimLine]
    tab: str

    @property
    def status(self) -> str:
        return TABS[self.tab]

    @property
    def sent(self) -> bool:
        return self.tab == SENT


@requires("charges.review")
@require_safe
def recall_charges(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_recall(pk, request.user)
    if found is None:
        raise Http404
    rows = affected(request.user, found.doses)
    priced = [line.expected for row in rows for line in row.lines if line.expected is not None]
    context = {
        "recall": found,
        "rows": rows,
        "lines": sum(len(row.lines) for row in rows),
        "sent": sum(row.sent and bool(row.lines) for row in rows),
        "total": sum(priced, Decimal(0)),
    }
    return render(request, "billing/recall_charges.html", context)


def affected(user: Any, doses: dict[int, list[int]]) -> list[Affected]:
    """The visits of these doses, newest first; a visit without a line of theirs stands there too, to say so."""
    reviews = worklist.visible(user).filter(encounter__in=doses)
    tabs = {row.pk: row.tab for row in worklist.standings(reviews, timezone.localdate())}
    whole = reviews.select_related("encounter__patient").prefetch_related("lines")
    return [
        Affected(review, _lines(review, doses[review.encounter_id]), tabs[review.pk])
        for review in whole.order_by("-encounter__date", "-pk")
    ]


def _lines(review: Review, doses: list[int]) -> list[ClaimLine]:
    wanted = {str(dose) for dose in doses}
    return [line for line in review.lines.all() if wanted.intersection(line.administrations)]
