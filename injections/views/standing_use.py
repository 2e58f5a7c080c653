"""A patient is given something under a standing order: one tap makes the order and opens the chart."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from injections.actions import standing_orders as actions
from injections.forms.standing_order import UseForm
from injections.models import Encounter
from injections.policy import requires
from injections.reading import standing_orders as reading
from injections.views.open import begin_dose, visit_of
from injections.views.patient import patient_of
from injections.views.place import here
from injections.views.posting import attempt, number_of, reader, sent, show
from injections.views.walk_in import on_to_the_chart

LONGEST_SEARCH = 80


@requires("order.spoken")
@require_http_methods(["GET", "POST"])
def standing_order_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Those that fit, found by drug or name; what does not fit stands below with its reason."""
    patient, visit = patient_of(request, pk), _visit(request, pk)
    place = visit.location if visit else here(request)
    form = UseForm(sent(request))
    if form.is_valid():
        key = form.cleaned_data["submission_key"]
        opened = _use(request, form, visit, patient=patient, location=place, submission_key=key)
        if opened is not None:
            return opened
    find = request.GET.get("find", "").strip()[:LONGEST_SEARCH]
    offers = reading.offered(request.user, patient, place, timezone.localdate(), find)
    context = {"form": form, "use_form": form, "patient": patient, "visit": visit, "offers": offers}
    return show(request, "injections/standing_order/use.html", context)


def _visit(request: HttpRequest, patient: int) -> Encounter | None:
    """Today's visit that the dose belongs to; ``None`` for a patient who has just walked in."""
    visit = visit_of(request, patient)
    return visit if visit is not None and visit.date == timezone.localdate() else None


def _use(request: HttpRequest, form: UseForm, visit: Encounter | None, **about: Any) -> HttpResponse | None:
    """On to the chart; ``None`` after telling the form why not."""
    chosen = number_of(request.POST.get("protocol", ""))
    if chosen is None or about["location"] is None:
        form.add_error(None, "Choose one of the standing orders")
        return None
    protocol, by = get_object_or_404(reading.here(request.user), pk=chosen), reader(request)
    if visit is not None:
        order = attempt(form, actions.order_under, protocol=protocol, by=by, **about)
        return begin_dose(request, visit, order) if order is not None else None
    arrived = attempt(form, actions.use, protocol=protocol, by=by, **about)
    return on_to_the_chart(request, arrived) if arrived is not None else None
