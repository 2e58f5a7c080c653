"""From a row of Today to the chart: the visit is opened and the dose of its order is taken in hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from injections.actions import drafts, encounters
from injections.actions.errors import Refused
from injections.models import Appointment, Encounter, Order
from injections.policy import requires
from injections.views.draft import address_of
from injections.views.drafts import encounter_of
from injections.views.posting import number_of, reader


@requires("chart.write")
@require_POST
def open_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the visit of an appointment and begin its dose: one tap from the list to the scan box."""
    return begin_visit(request, get_object_or_404(Appointment.objects.for_user(request.user), pk=pk))


def begin_visit(request: HttpRequest, booked: Appointment) -> HttpResponse:
    """To the chart, with the dose of the order begun; back to Today where the visit cannot be opened."""
    try:
        encounter = encounters.open_for(appointment=booked, by=reader(request))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
        return redirect("injections:today")
    if encounter.administrations.exists():
        return redirect("injections:chart", pk=encounter.pk)
    return begin_dose(request, encounter, booked.order)


@requires("chart.write")
@require_POST
def another_dose(request: HttpRequest, pk: int) -> HttpResponse:
    """One more dose at this visit: of an order, or without one."""
    encounter = encounter_of(request, pk)
    asked = request.POST.get("order", "")
    orders = Order.objects.for_user(request.user).filter(patient=encounter.patient)
    order = get_object_or_404(orders, pk=asked) if asked.isdecimal() else None
    return begin_dose(request, encounter, order)


def visit_of(request: HttpRequest, patient: int) -> Encounter | None:
    """The visit of this patient that the address names, for a dose that joins it; ``None`` where it names none."""
    asked = number_of(request.GET.get("visit", ""))
    if asked is None:
        return None
    mine = Encounter.objects.for_user(request.user).filter(patient=patient, pk=asked)
    return mine.select_related("location__practice", "practice").first()


def begin_dose(request: HttpRequest, encounter: Encounter, order: Order | None) -> HttpResponse:
    """To the chart of the visit with this dose in hand."""
    try:
        draft = drafts.start(encounter=encounter, order=order, by=reader(request))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
        return redirect("injections:chart", pk=encounter.pk)
    return redirect(address_of(draft))
