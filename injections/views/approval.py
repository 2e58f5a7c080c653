"""What a plan approved beforehand: entered and withdrawn from the patient's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from injections.actions import approvals as actions
from injections.forms.approval import ApprovalForm
from injections.models import Approval
from injections.policy import requires
from injections.views.patient import patient_of
from injections.views.posting import once, reader, sent, show


@requires("patient.write")
@require_http_methods(["GET", "POST"])
def approval_new(request: HttpRequest, pk: int) -> HttpResponse:
    patient, by = patient_of(request, pk), reader(request)
    form = ApprovalForm(sent(request), patient=patient)
    mine = Approval.objects.for_user(by).filter(coverage__patient=patient)
    if once(form, actions.approve, mine, by=by) is not None:
        messages.success(request, "The approval is recorded.")
        return redirect("injections:patient", pk=patient.pk)
    return show(request, "injections/approval/new.html", {"form": form, "patient": patient})


@requires("patient.write")
@require_POST
def approval_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = Approval.objects.for_user(request.user).select_related("coverage")
    approval = get_object_or_404(found, pk=pk)
    actions.withdraw(approval=approval, by=reader(request))
    messages.success(request, f"The approval {approval.number} no longer counts.")
    return redirect("injections:patient", pk=approval.coverage.patient_id)
