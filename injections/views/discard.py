"""The wrong order or the wrong patient: back without losing anything, and throwing away only what was looked at."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from injections.actions import drafts as actions
from injections.actions.errors import Refused
from injections.policy import requires
from injections.reading import typed
from injections.views.drafts import draft_of
from injections.views.posting import reader


def leave(pk: int) -> str:
    """The page where somebody goes back from this draft."""
    return reverse("injections:draft_discard", args=[pk])


def choose_again(visit: int) -> str:
    """The visit's page with what else may be given, also while a draft of one's own is open."""
    return f"{reverse('injections:chart', args=[visit])}?choose=yes"


@requires("chart.write")
@require_http_methods(["GET", "POST"])
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the draft, and the ways on: keep it, or throw it away. The visit stays either way."""
    draft = draft_of(request, pk)
    if request.method == "POST":
        try:
            actions.discard(draft=draft, by=reader(request))
            messages.success(request, "The draft was thrown away. Nothing was recorded.")
        except Refused as refused:
            messages.error(request, f"{refused.message}.")
        return redirect(choose_again(draft.encounter_id))
    begun = actions.as_ordered(draft.order, draft.encounter.date)
    context = {
        "draft": draft,
        "patient": draft.encounter.patient,
        "typed": typed.lines(draft.entries, known=begun),
        "others": choose_again(draft.encounter_id),
        "mine": draft.author_id == reader(request).pk,
    }
    return render(request, "injections/chart/discard.html", context)
