"""One patient: who they are, what they must not get, who pays, what is ordered and what was given."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from injections.actions import patients as actions
from injections.actions.errors import Refused
from injections.forms.coverage import payer_choices
from injections.forms.patient import AllergyForm, PatientForm, WeightForm
from injections.models import Appointment, Encounter, Patient
from injections.policy import may, requires
from injections.reading import orders
from injections.reading.approved import left_of
from injections.views.kept_back import kinds_of
from injections.views.posting import attempt, once, reader, sent, show

RIGHTS = (
    *("patient.write", "order.write", "order.spoken", "appointment.write"),
    *("chart.see", "chart.write", "disclosures.see", "restriction.write", "spared.end", "allergy.confirm"),
)
MOST_VISITS = 20


def patient_of(request: HttpRequest, pk: int) -> Patient:
    """The patient of that number in the reader's own practice; any other number is nobody."""
    return get_object_or_404(Patient.objects.for_user(request.user), pk=pk)


@requires("patient.see")
@require_safe
def patient(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "injections/patient/patient.html", _page(request, patient_of(request, pk)))


def _page(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    payers = dict(payer_choices())
    by, every = reader(request), patient.encounters
    coming = Appointment.objects.for_user(by).filter(
        patient=patient, starts_at__gte=timezone.now(), cancelled_at__isnull=True, encounter__administrations=None
    )  # whoever came early has been
    listed = orders.with_doses(patient.orders.all())
    visits = Encounter.objects.for_user(by).filter(patient=patient)
    return {
        "patient": patient,
        "orders": [(order, orders.state_of(order)) for order in listed],
        "visits": visits.select_related("location").prefetch_related("administrations__product")[:MOST_VISITS],
        "elsewhere": every.count() - visits.count(),
        "kinds": kinds_of(by),
        "restrictions": patient.restrictions.select_related("entered_by", "end__ended_by"),
        "spared_sides": patient.spared_sides.select_related("entered_by", "end__ended_by"),
        "appointments": coming.select_related("location", "order__product"),
        "coverages": [
            (plan, payers.get(plan.payer_key, plan.payer_key), [left_of(row) for row in plan.approvals.standing()])
            for plan in patient.coverages.all()
        ],
        "may": {right.replace(".", "_"): may(request.user, right) for right in RIGHTS},
    }


@requires("patient.write")
@require_http_methods(["GET", "POST"])
def patient_new(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    form = PatientForm(sent(request), practice_id=cast(int, by.practice_id))
    registered = once(form, actions.register, Patient.objects.for_user(by), by=by)
    if registered is not None:
        messages.success(request, f"{registered.listed_name} is registered.")
        return redirect("injections:patient", pk=registered.pk)
    return show(request, "injections/patient/new.html", {"form": form})


@requires("patient.write")
@require_http_methods(["GET", "POST"])
def patient_edit(request: HttpRequest, pk: int) -> HttpResponse:
    patient = patient_of(request, pk)
    form = PatientForm(sent(request), practice_id=patient.practice_id, patient=patient, initial=PatientForm.of(patient))
    if (
        form.is_valid()
        and attempt(form, actions.update, patient=patient, by=reader(request), **form.cleaned_data) is not None
    ):
        messages.success(request, "The details are saved.")
        return redirect("injections:patient", pk=patient.pk)
    return show(request, "injections/patient/edit.html", {"form": form, "patient": patient_of(request, pk)})


@requires("patient.write")
@require_http_methods(["GET", "POST"])
def allergy_new(request: HttpRequest, pk: int) -> HttpResponse:
    patient = patient_of(request, pk)
    form = AllergyForm(sent(request), patient=patient)
    added = once(form, actions.add_allergy, patient.allergies.all(), patient=patient, by=reader(request))
    if added is not None:
        messages.success(request, f"Allergy recorded: {added}.")
        return redirect("injections:patient", pk=patient.pk)
    return show(request, "injections/patient/allergy.html", {"form": form, "patient": patient})


@requires("patient.write")
@require_POST
def no_known_allergies(request: HttpRequest, pk: int) -> HttpResponse:
    patient = patient_of(request, pk)
    try:
        actions.no_known_allergies(patient=patient, by=reader(request))
        messages.success(request, "Recorded: no known drug allergies.")
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("injections:patient", pk=patient.pk)


@requires("patient.write")
@require_http_methods(["GET", "POST"])
def weight_new(request: HttpRequest, pk: int) -> HttpResponse:
    patient = patient_of(request, pk)
    form = WeightForm(sent(request), patient=patient, initial={"weight_on": timezone.localdate()})
    if form.is_valid():
        said = form.cleaned_data
        kilograms, measured = said["weight_kg"], {"on": said["weight_on"], "height_cm": said["height_cm"]}
        how = {"patient": patient, "by": reader(request), "weight_kg": kilograms, **measured}
        if attempt(form, actions.record_weight, **how) is not None:
            messages.success(request, f"Weight recorded: {kilograms.normalize():f} kg.")
            return redirect("injections:patient", pk=patient.pk)
    return show(request, "injections/patient/weight.html", {"form": form, "patient": patient})
