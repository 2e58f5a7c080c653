"""Sending approved lines on: what would go, what went, and the file itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from billing.actions import claim_rows
from billing.actions.export import approved, send
from billing.models import ClaimLine, Export, worklist
from injections.audit.capture import EXPORTED, shows_as
from injections.policy import requires
from injections.views.files import csv_file
from injections.views.posting import key_of

EARLIER = 20


@requires("charges.export")
def export(request: HttpRequest) -> HttpResponse:
    """The dry run, and what was sent before."""
    today = timezone.localdate()
    waiting = approved(request.user, today)
    lines = ClaimLine.objects.filter(review__in=[review.pk for review in waiting])
    sums = {"lines": Count("pk"), "dollars": Sum("expected"), "unpriced": Count("pk", filter=Q(expected=None))}
    by_payer = lines.order_by("review__payer_name").values("review__payer_name")
    everything = worklist.standings(worklist.visible(request.user), today)
    context: dict[str, Any] = {
        "visits": len(waiting),
        "total": lines.aggregate(**sums),
        "payers": by_payer.annotate(visits=Count("review", distinct=True), **sums),
        "counts": worklist.counts(everything),
        "earlier": Export.objects.for_user(request.user)
        .select_related("by")
        .annotate(lines=Count("exported"), visits=Count("exported__line__review", distinct=True))[:EARLIER],
        "submission_key": uuid4(),
    }
    return render(request, "billing/export.html", context)


@requires("charges.export")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Take what is approved and offer the file."""
    made = send(by=request.user, today=timezone.localdate(), submission_key=key_of(request) or uuid4())
    if made is None:
        messages.warning(request, "Nothing is approved, so nothing was sent.")
    else:
        messages.success(request, "The file is ready. Its lines now stand under Sent.")
    return redirect("billing:export")


@requires("charges.export")
@shows_as(EXPORTED)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of one export; asked for again it says the same."""
    made = get_object_or_404(Export.objects.for_user(request.user), pk=pk)
    day = timezone.localtime(made.at).date().isoformat()
    return csv_file(claim_rows.file(made, request.user), f"charges-{day}-{made.pk}")
