"""Somebody came without an appointment: who, which order, and straight to the chart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from injections.actions import appointments as actions
from injections.chart.given import given_on
from injections.forms.standing_order import UseForm
from injections.forms.walk_in import WalkInForm
from injections.models import Appointment
from injections.policy import may, requires
from injections.reading import orders, standing_orders
from injections.reading import patients as reading
from injections.views.open import begin_visit
from injections.views.patient import patient_of
from injections.views.patients import found
from injections.views.place import here
from injections.views.posting import attempt, reader, sent, show

#: apart from the search of Patients: the last one looked up there is not the one who stands here
SEARCH = "walk-in-search"


@requires("appointment.write")
@require_http_methods(["GET", "POST"])
def walk_in(request: HttpRequest) -> HttpResponse:
    """Find the patient. The words of the search stay out of the address."""
    if request.method == "POST":
        request.session[SEARCH] = request.POST.get("q", "").strip()[: reading.LONGEST_SEARCH]
        return redirect("injections:walk_in")
    return render(request, "injections/walk_in/find.html", found(request, SEARCH))


@requires("appointment.write")
@require_http_methods(["GET", "POST"])
def walk_in_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the order; the chart opens with it."""
    patient, by, place = patient_of(request, pk), reader(request), here(request)
    waiting = orders.waiting(patient)
    form = WalkInForm(sent(request), orders=waiting)
    if form.is_valid() and place is not None:
        arrived = attempt(form, actions.walk_in, patient=patient, location=place, by=by, **form.cleaned_data)
        if arrived is not None:
            return on_to_the_chart(request, arrived)
    booked = patient.appointments.filter(starts_at__date=timezone.localdate(), cancelled_at__isnull=True)
    given = list(given_on(by, patient, timezone.localdate()))
    context = {
        "form": form,
        "patient": patient,
        "waiting": waiting,
        "today": booked.exclude(encounter__in=[dose.encounter_id for dose in given]),
        "given": given,
        "orders_by_ear": not may(by, "order.write"),
        "may_order": may(by, "order.spoken"),
        "opens_chart": may(by, "chart.write"),
        "use_form": UseForm(),
        "offers": standing_orders.offered(by, patient, place, timezone.localdate())
        if may(by, "order.spoken")
        else None,
    }
    return show(request, "injections/walk_in/order.html", context)


def on_to_the_chart(request: HttpRequest, arrived: Appointment) -> HttpResponse:
    """To the chart for whoever gives injections; back to Today, where the patient now stands, for the front desk.

    The search ends with it: the next walk-in is somebody else.
    """
    request.session.pop(SEARCH, None)
    if may(request.user, "chart.write"):
        return begin_visit(request, arrived)
    messages.success(request, f"{arrived.patient.listed_name} stands on Today.")
    return redirect("injections:today")
