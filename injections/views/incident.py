"""The log of medication errors, each with what was found out and done about it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import incidents as actions
from injections.forms.incident import FollowUpForm, ReportForm
from injections.models import Incident, IncidentNote
from injections.policy import requires
from injections.views.place import here
from injections.views.posting import attempt, reader, sent, show


@requires("incident.write")
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    closed = Exists(IncidentNote.objects.filter(incident=OuterRef("pk"), closes=True))
    found = Incident.objects.for_user(request.user).annotate(closed=closed).select_related("location", "reported_by")
    return render(
        request, "injections/incident/incidents.html", {"incidents": found.order_by("closed", "-reported_at")}
    )


@requires("incident.write")
@require_http_methods(["GET", "POST"])
def incident_new(request: HttpRequest) -> HttpResponse:
    form, place = ReportForm(sent(request), initial={"happened_on": timezone.localdate()}), here(request)
    if form.is_valid() and place is not None:
        made = attempt(form, actions.report, location=place, by=reader(request), **form.cleaned_data)
        if made is not None:
            messages.success(request, "Reported. Whoever follows it up writes below.")
            return redirect("injections:incident", pk=made.pk)
    return show(request, "injections/incident/new.html", {"form": form})


@requires("incident.write")
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    related = ("location", "reported_by", "administration__product", "administration__encounter")
    found = get_object_or_404(Incident.objects.for_user(request.user).select_related(*related), pk=pk)
    form = FollowUpForm(sent(request))
    if form.is_valid():
        closes = "closes" in request.POST
        told = attempt(form, actions.follow_up, incident=found, by=reader(request), closes=closes, **form.cleaned_data)
        if told is not None:
            return redirect("injections:incident", pk=found.pk)
    notes = list(found.notes.select_related("by"))
    context = {"form": form, "incident": found, "notes": notes, "closed": any(note.closes for note in notes)}
    return show(request, "injections/incident/incident.html", context)
