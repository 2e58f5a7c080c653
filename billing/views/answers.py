"""The answers that were ever given about a visit: each as it was, and one of them asked again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from billing.actions.answers import ask_again, earlier
from billing.models import EditionRow
from billing.views.reviews import mine
from injections.policy import requires


@requires("charges.review")
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The history, and the answer in hand beside what the same question is answered then and now."""
    found = mine(request, pk)
    stored = earlier(found.encounter_id)
    editions = {row.edition for row in stored}
    loads = {row.digest: row for row in EditionRow.objects.filter(digest__in=[e.rpartition("+")[2] for e in editions])}
    context = {
        "review": found,
        "encounter": found.encounter,
        "patient": found.encounter.patient,
        "answers": [(row, loads.get(row.edition.rpartition("+")[2])) for row in stored],
        "again": None if found.failed else ask_again(found),
    }
    return render(request, "billing/replay/answers.html", context)
