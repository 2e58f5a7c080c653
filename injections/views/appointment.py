"""Booking a patient, and taking a booking back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from injections.actions import appointments as actions
from injections.actions.errors import Refused
from injections.forms.appointment import AppointmentForm
from injections.models import Appointment, Location
from injections.policy import requires
from injections.reading import orders
from injections.templatetags.words import clock, day
from injections.views.patient import patient_of
from injections.views.place import here
from injections.views.posting import attempt, reader, sent, show


@requires("appointment.write")
@require_http_methods(["GET", "POST"])
def appointment_new(request: HttpRequest, pk: int) -> HttpResponse:
    patient, by = patient_of(request, pk), reader(request)
    form = AppointmentForm(
        sent(request),
        locations=Location.objects.for_user(by),
        orders=orders.waiting(patient),
        zone=patient.practice.zone,
        initial={"location": here(request), "day": timezone.localdate()},
    )
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("location", "order", "room", "starts_at", "submission_key")}
        booked = attempt(form, actions.book, patient=patient, by=by, **said)
        if booked is not None:
            messages.success(request, f"Booked for {day(booked.starts_at)} at {clock(booked.starts_at)}.")
            return redirect("injections:patient", pk=patient.pk)
    return show(request, "injections/appointment/new.html", {"form": form, "patient": patient})


@requires("appointment.write")
@require_http_methods(["GET", "POST"])
def appointment_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once, because nothing brings a cancelled booking back."""
    mine = Appointment.objects.for_user(request.user).select_related("patient", "location", "order__product")
    booked = get_object_or_404(mine, pk=pk)
    back = reverse("injections:patient", args=[booked.patient_id])
    return cancelling(request, booked, back, {"patient": booked.patient, "order": booked.order})


def cancelling(request: HttpRequest, booked: Appointment, back: str, shown: dict[str, Any]) -> HttpResponse:
    """The question, or the booking taken back and the page where the person came from."""
    if request.method != "POST":
        return render(request, "injections/appointment/cancel.html", {"appointment": booked, "back": back, **shown})
    try:
        actions.cancel(appointment=booked, by=reader(request))
        messages.success(request, "The appointment is cancelled.")
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(back)
