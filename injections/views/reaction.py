"""A reaction: called with one tap, logged while it runs, ended, and told to the authority on a draft to finish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from injections.actions import reactions as actions
from injections.actions.errors import Refused
from injections.audit.capture import shows_as
from injections.chart.afterwards import standing_version
from injections.forms.reaction import LONGEST_WORDS, SIGNS, STEPS, EndForm, EntryForm
from injections.models import Reaction, ReactionEntry
from injections.models.audit import Action
from injections.models.reaction import EntryKind
from injections.paper import as_file, printed
from injections.policy import requires
from injections.reading.adverse_event import told
from injections.views.observation import standing_dose
from injections.views.posting import attempt, reader, sent, show


@requires("chart.write")
@require_POST
def reaction_call(request: HttpRequest, pk: int) -> HttpResponse:
    """The log opens at once: nothing is asked before it."""
    dose = standing_dose(request, pk)
    try:
        opened = actions.call(administration=dose, by=reader(request))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
        return redirect("injections:watch", pk=dose.pk)
    return redirect("injections:reaction", pk=opened.pk)


@requires("chart.see")
@require_safe
def reaction(request: HttpRequest, pk: int) -> HttpResponse:
    found = _reaction(request, pk)
    begun = request.session.get(_words_of(found), {})
    return show(request, "injections/reaction/reaction.html", _context(found, EntryForm(initial=begun)))


@requires("chart.write")
@require_POST
def reaction_note(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the log. Words that were begun when another button was tapped stand there again afterwards."""
    found, form = _reaction(request, pk), EntryForm(sent(request))
    leads = {"end": "injections:reaction_end", "visit": "injections:chart"}.get(request.POST.get("then", ""))
    _keep(request, found, begun=bool(leads or request.POST.get("line")))
    if leads:
        return redirect(leads, pk=found.pk if leads.endswith("end") else found.administration.encounter_id)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("kind", "text", "minutes_ago", "submission_key")}
        if attempt(form, actions.note, reaction=found, by=reader(request), **said) is not None:
            return redirect("injections:reaction", pk=found.pk)
    return show(request, "injections/reaction/reaction.html", _context(found, form))


@requires("chart.write")
@require_http_methods(["GET", "POST"])
def reaction_end(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _reaction(request, pk), EndForm(sent(request))
    if form.is_valid():
        ended = attempt(form, actions.end, reaction=found, by=reader(request), **form.cleaned_data)
        if ended is not None:
            messages.success(request, "The log is closed. The report to the authority can be drafted now.")
            return redirect("injections:reaction", pk=found.pk)
    return show(request, "injections/reaction/end.html", _context(found, form))


@requires("chart.see")
@shows_as(Action.PRINTED)
@require_safe
def reaction_report(request: HttpRequest, pk: int) -> HttpResponse:
    """MedWatch for a drug, VAERS for a vaccine: filled in as far as the record knows."""
    return as_file(printed("adverse_event", told(_reaction(request, pk), reader(request))), "adverse-event-draft")


def _reaction(request: HttpRequest, pk: int) -> Reaction:
    dose = ("administration__product", "administration__encounter__patient", "administration__encounter__practice")
    return get_object_or_404(Reaction.objects.for_user(request.user).select_related(*dose, "opened_by"), pk=pk)


def _words_of(found: Reaction) -> str:
    """Where the session keeps the words that were begun about this reaction: never in an address."""
    return f"reaction_{found.pk}"


def _keep(request: HttpRequest, found: Reaction, *, begun: bool) -> None:
    words = request.POST.get("text", "").strip()[:LONGEST_WORDS] if begun else ""
    if words:
        request.session[_words_of(found)] = {"kind": request.POST.get("kind", "")[:20], "text": words}
    else:
        request.session.pop(_words_of(found), None)


def _context(found: Reaction, form: EntryForm | EndForm) -> dict[str, Any]:
    entries, dose = list(found.entries.select_related("noted_by")), standing_version(found.administration)
    done: dict[str, list[ReactionEntry]] = {}
    for entry in entries:
        done.setdefault(entry.text, []).append(entry)
    return {
        "form": form,
        "reaction": found,
        "dose": dose,
        "patient": dose.encounter.patient,
        "entries": entries,
        "steps": [(f"{EntryKind.STEP}:{words}", words, done.get(words)) for words in STEPS],
        "signs": [(f"{EntryKind.SIGN}:{words}", words, done.get(words)) for words in SIGNS],
        "outcome": next((entry for entry in entries if entry.kind == EntryKind.OUTCOME), None),
    }
