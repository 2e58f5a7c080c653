"""Saving what is being charted, and taking it over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from injections.actions import drafts as actions
from injections.actions.errors import NotYours, Refused, StaleDraft
from injections.audit.capture import shows_nobody
from injections.forms.base import UNPROCESSABLE, invalid
from injections.marks import polls
from injections.models import AdministrationDraft, Encounter
from injections.policy import requires
from injections.reading.body import words_of
from injections.reading.recalled import stopped
from injections.views.chart import dose_page, unread
from injections.views.discard import leave
from injections.views.drafts import Saved, draft_of, merge
from injections.views.gone import draft_or_gone
from injections.views.posting import reader


@requires("chart.write")
@require_POST
def draft_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed: at every change with JavaScript, by the Save button without."""
    draft = draft_or_gone(request, pk)
    return draft if isinstance(draft, HttpResponse) else answer(request, merge(request, draft))


def answer(request: HttpRequest, saved: Saved) -> HttpResponse:
    """What was saved and what could not be: parts of the page for a script, else the page."""
    if saved.refused is not None:
        return conflict(request, saved)
    if request.headers.get("HX-Request"):
        return _fragments(request, saved)
    if saved.errors:
        context = dose_page(request, fresh(request, saved), saved)
        return invalid(request, "injections/chart/chart.html", context | {"problems": unread(context)})
    ways = {"today": reverse("injections:today"), "back": leave(saved.draft.pk)}
    return redirect(ways.get(request.POST.get("then", ""), address_of(saved.draft)))


def _fragments(request: HttpRequest, saved: Saved) -> HttpResponse:
    """The parts of the page that a change may alter; what is being typed is never replaced."""
    context = dose_page(request, fresh(request, saved), saved)
    context["replace_vial"] = saved.scanned
    context["vial_typed"] = not saved.scanned and request.POST.get("vial_shown") != "card"
    context["replace_stops"] = request.POST.get("stops_shown", "") != context["stops_shown"]
    context["replace_further"] = saved.further
    # Another drug asks other questions, and it or another route goes to other places.
    stood = {"product": request.POST.get("product", ""), "route": request.POST.get("route_shown", context["route"])}
    context["replace_parts"] = any(text != saved.draft.entries.get(name, "") for name, text in stood.items())
    context["replace_dose"] = saved.dose_too
    context["replace_time"] = saved.time_too or request.POST.get("late_shown", "") != context["late_shown"]
    # What is typed stays; the fields for one more vial come when the last ones are in use.
    shown = [place for place in context["further"] if f"vial{place}.lot" in request.POST]
    context["further_shown"] = shown
    context["further_new"] = [place for place in context["further"] if place not in shown] if shown else []
    another_rest = request.POST.get("discarded_worked_out", "") != context["left"]
    kinds_too = bool(request.POST.get("kinds_shown")) != bool(context["kinds"])
    context["replace_rest"] = saved.scanned or another_rest or kinds_too
    answer = render(request, "injections/chart/_saved.html", context)
    answer["X-Draft-Version"] = str(saved.draft.version)
    return trigger_client_event(answer, "chart-changed")


def fresh(request: HttpRequest, saved: Saved) -> AdministrationDraft:
    """The draft as saved, with the rows its page reads."""
    return draft_of(request, saved.draft.pk)


def address_of(draft: AdministrationDraft) -> str:
    return f"{reverse('injections:chart', args=[draft.encounter_id])}?draft={draft.pk}"


def conflict(request: HttpRequest, saved: Saved) -> HttpResponse:
    """Somebody was quicker. What was typed here stays in sight, beside what stands there now."""
    refused = saved.refused
    newer = refused.newer if isinstance(refused, StaleDraft) else None
    if isinstance(refused, NotYours):
        newer = saved.draft  # as the colleague has it now
    context = {
        "refused": refused,
        "encounter": saved.draft.encounter,
        "patient": saved.draft.encounter.patient,
        "draft": saved.draft,
        "newer": newer,
        "author": refused.author if isinstance(refused, NotYours) else None,
        "differences": list(_differences(saved, newer)) if newer else [],
        "now": timezone.now(),
    }
    whole = not request.headers.get("HX-Request")
    template = "injections/chart/conflict.html" if whole else "injections/chart/_conflict.html"
    return render(request, template, context, status=UNPROCESSABLE)


def _differences(saved: Saved, newer: AdministrationDraft) -> list[tuple[str, str, str]]:
    """Each field that says something else in the two: its label, what is saved, what was typed here."""
    typed = saved.form.entries()
    return [
        (str(saved.form.fields[name].label), words_of(newer.entries.get(name, "")), words_of(text))
        for name, text in typed.items()
        if text != newer.entries.get(name, "") and name in saved.form.fields
    ]


@polls
@shows_nobody
@requires("chart.write")
@require_safe
def draft_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The drafts of a visit by number, each with its version: an open page sees that a colleague was quicker.

    ``stopped`` names those whose vial was recalled or put on hold: the page says so before it is given.
    """
    visit = get_object_or_404(Encounter.objects.for_user(request.user).only("pk"), pk=pk)
    drafts = list(
        AdministrationDraft.objects.for_user(request.user).filter(encounter=visit).select_related("order__product")
    )
    stops = [draft.pk for draft in stopped(drafts)]
    return JsonResponse({draft.pk: draft.version for draft in drafts} | ({"stopped": stops} if stops else {}))


@requires("chart.write")
@require_POST
def draft_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what a colleague began."""
    draft = draft_of(request, pk)
    try:
        actions.take_over(draft=draft, by=reader(request))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
    return redirect(address_of(draft))
