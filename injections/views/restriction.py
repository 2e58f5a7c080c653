"""What may not be told of a patient: entered and ended from the patient's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from injections.actions import restrictions as actions
from injections.forms.restriction import EndForm, RestrictionForm
from injections.models import Restriction
from injections.policy import requires
from injections.views.kept_back import kinds_of
from injections.views.patient import patient_of
from injections.views.posting import attempt, reader, sent, show


@requires("restriction.write")
@require_http_methods(["GET", "POST"])
def restriction_new(request: HttpRequest, pk: int) -> HttpResponse:
    by, patient = reader(request), patient_of(request, pk)
    form = RestrictionForm(sent(request), kinds=kinds_of(by), initial={"since": timezone.localdate()})
    if form.is_valid() and attempt(form, actions.restrict, patient=patient, by=by, **form.cleaned_data) is not None:
        messages.success(request, "The restriction holds from now on.")
        return redirect("injections:patient", pk=patient.pk)
    return show(request, "injections/restriction/new.html", {"form": form, "patient": patient})


@requires("restriction.write")
@require_http_methods(["GET", "POST"])
def restriction_end(request: HttpRequest, pk: int) -> HttpResponse:
    by = reader(request)
    mine = Restriction.objects.for_user(by).filter(kind__in=kinds_of(by)).select_related("patient")
    restriction = get_object_or_404(mine, pk=pk)
    form = EndForm(sent(request))
    if form.is_valid() and attempt(form, actions.end, restriction=restriction, by=by, **form.cleaned_data) is not None:
        messages.success(request, "The restriction has ended.")
        return redirect("injections:patient", pk=restriction.patient_id)
    context = {"form": form, "restriction": restriction, "patient": restriction.patient}
    return show(request, "injections/restriction/end.html", context)
