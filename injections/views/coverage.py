"""A plan that pays for a patient."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from injections.actions import patients as actions
from injections.forms.coverage import CoverageForm
from injections.policy import requires
from injections.views.patient import patient_of
from injections.views.posting import once, reader, sent, show


@requires("patient.write")
@require_http_methods(["GET", "POST"])
def coverage_new(request: HttpRequest, pk: int) -> HttpResponse:
    patient = patient_of(request, pk)
    form = CoverageForm(sent(request), patient=patient)
    if once(form, actions.add_coverage, patient.coverages.all(), patient=patient, by=reader(request)) is not None:
        messages.success(request, "The plan is recorded.")
        return redirect("injections:patient", pk=patient.pk)
    return show(request, "injections/coverage/new.html", {"form": form, "patient": patient})
