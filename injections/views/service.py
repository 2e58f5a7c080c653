"""The office visit that stands beside an injection: its code number, and why it is a visit of its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from injections.actions import cosigning
from injections.actions import encounters as actions
from injections.actions.errors import Refused
from injections.forms.service import ServiceForm
from injections.models import Encounter, Service, Staff
from injections.policy import requires
from injections.views.posting import once, reader, sent, show


@requires("chart.cosign")
@require_http_methods(["GET", "POST"])
def service_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Only a physician reports one, under their own name."""
    visit = get_object_or_404(Encounter.objects.for_user(request.user).select_related("patient"), pk=pk)
    form = ServiceForm(sent(request), encounter=visit, initial={"diagnoses": visit.diagnoses})
    by = reader(request)
    added = once(form, actions.add_service, visit.services.all(), encounter=visit, by=by, clinician=by)
    if added is not None:
        messages.success(request, f"Office visit {added.code} is recorded.")
        return _onwards(visit, by)
    recorded = visit.services.filter(withdrawn_at__isnull=True).select_related("clinician")
    context = {"form": form, "visit": visit, "patient": visit.patient, "recorded": recorded}
    return show(request, "injections/service/new.html", context)


def _onwards(visit: Encounter, by: Staff) -> HttpResponse:
    """Back to the record that waits for this physician's signature; to the note where none does."""
    waiting = cosigning.waiting_for(by).filter(encounter=visit).first()
    if waiting is not None:
        return redirect("injections:cosign_one", pk=waiting.pk)
    return redirect("injections:note", pk=visit.pk)


@requires("chart.cosign")
@require_POST
def service_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Service.objects.for_user(request.user), pk=pk)
    try:
        actions.withdraw_service(service=service, by=reader(request))
        messages.success(request, f"Office visit {service.code} is withdrawn.")
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
    return redirect("injections:service_new", pk=service.encounter_id)
