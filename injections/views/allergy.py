"""An allergy that a reaction taught: a nurse or a physician confirms it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from injections.actions import patients as actions
from injections.models import Allergy
from injections.policy import requires
from injections.views.posting import reader


@requires("allergy.confirm")
@require_POST
def allergy_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    allergy = get_object_or_404(Allergy.objects.for_user(request.user), pk=pk)
    actions.confirm_allergy(allergy=allergy, by=reader(request))
    messages.success(request, f"{allergy.substance} is confirmed as an allergy.")
    return redirect("injections:patient", pk=allergy.patient_id)
