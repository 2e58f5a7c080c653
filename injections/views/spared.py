"""Sides of a patient to avoid: entered and ended from the patient's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from injections.actions import spared as actions
from injections.forms.spared import SparedEndForm, SparedForm
from injections.models import SparedSide
from injections.policy import requires
from injections.views.patient import patient_of
from injections.views.posting import attempt, once, reader, sent, show


@requires("patient.write")
@require_http_methods(["GET", "POST"])
def spared_new(request: HttpRequest, pk: int) -> HttpResponse:
    patient = patient_of(request, pk)
    form = SparedForm(sent(request))
    added = once(form, actions.spare, patient.spared_sides.all(), patient=patient, by=reader(request))
    if added is not None:
        messages.success(request, f"{added}. The chart says so from now on.")
        return redirect("injections:patient", pk=patient.pk)
    return show(request, "injections/spared/new.html", {"form": form, "patient": patient})


@requires("spared.end")
@require_http_methods(["GET", "POST"])
def spared_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = SparedSide.objects.for_user(request.user).select_related("patient")
    spared = get_object_or_404(found, pk=pk)
    form = SparedEndForm(sent(request))
    by = reader(request)
    if form.is_valid() and attempt(form, actions.end, spared=spared, by=by, **form.cleaned_data) is not None:
        messages.success(request, f"The {spared.where} may be used again.")
        return redirect("injections:patient", pk=spared.patient_id)
    return show(request, "injections/spared/end.html", {"form": form, "spared": spared, "patient": spared.patient})
