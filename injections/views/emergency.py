"""Emergency access: asked for by those who treat, read by administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import emergencies as actions
from injections.forms.emergency import EmergencyForm
from injections.models import EmergencyAccess
from injections.policy import requires
from injections.views.posting import attempt, reader, sent, show

MOST = 200


@requires("emergency.open")
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    form = EmergencyForm(sent(request))
    if form.is_valid():
        opened = attempt(form, actions.open_record, by=reader(request), now=timezone.now(), **form.cleaned_data)
        if opened is not None:
            messages.warning(request, "The record is open for one hour. Administrators have been told.")
            return redirect("injections:patient", pk=opened.patient_id)
    return show(request, "injections/emergency/open.html", {"form": form})


@requires("emergency.see")
@require_safe
def emergencies(request: HttpRequest) -> HttpResponse:
    """Every access, newest first. Of the patient only the record number: this page is not about their care."""
    found = EmergencyAccess.objects.for_user(request.user).select_related("staff")
    rows = found.values_list("patient__mrn", flat=True)
    accesses = list(found[:MOST])
    context = {"accesses": list(zip(accesses, rows[:MOST], strict=True)), "now": timezone.now()}
    return render(request, "injections/emergency/list.html", context)
