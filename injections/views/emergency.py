"""Emergency access: asked for by those who treat, read by administrators and managers, ended by either."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from injections.actions import emergencies as actions
from injections.forms.emergency import EmergencyForm
from injections.models import EmergencyAccess
from injections.policy import may, requires
from injections.views.posting import attempt, reader, sent, show

MOST = 200


@requires("emergency.open")
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    form = EmergencyForm(sent(request))
    if form.is_valid():
        opened = attempt(form, actions.open_record, by=reader(request), now=timezone.now(), **form.cleaned_data)
        if opened is not None:
            messages.warning(request, "The record is open for one hour. Administrators and the manager have been told.")
            return redirect("injections:patient", pk=opened.patient_id)
    return show(request, "injections/emergency/open.html", {"form": form})


@requires("emergency.see")
@require_safe
def emergencies(request: HttpRequest) -> HttpResponse:
    """Every access, newest first. Of the patient only the record number: this page is not about their care."""
    found = EmergencyAccess.objects.for_user(request.user).select_related("staff", "end__by")
    context = {"accesses": found.annotate(mrn=F("patient__mrn"))[:MOST], "now": timezone.now()}
    return render(request, "injections/emergency/list.html", context)


@requires("emergency.close")
@require_POST
def emergency_end(request: HttpRequest, pk: int) -> HttpResponse:
    """By whoever opened it, when care is done; by an administrator or the manager, anybody's."""
    by = reader(request)
    mine = EmergencyAccess.objects.for_user(by)
    access = get_object_or_404(mine if may(by, "emergency.see") else mine.filter(staff=by), pk=pk)
    actions.close(access=access, by=by, now=timezone.now())
    messages.success(request, "The emergency access has ended. The record is closed again.")
    return redirect("injections:emergencies" if may(by, "emergency.see") else "injections:home")
