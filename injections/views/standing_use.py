"""A patient is given something under a standing order: one tap makes the order and opens the chart."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from injections.actions import standing_orders as actions
from injections.forms.standing_order import UseForm
from injections.policy import requires
from injections.reading import standing_orders as reading
from injections.views.open import begin_visit
from injections.views.patient import patient_of
from injections.views.place import here
from injections.views.posting import attempt, reader, sent, show


@requires("order.spoken")
@require_http_methods(["GET", "POST"])
def standing_order_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Those that fit, found by drug or name; what does not fit stands below with its reason."""
    patient, by, place = patient_of(request, pk), reader(request), here(request)
    form = UseForm(sent(request))
    chosen = request.POST.get("protocol", "")
    if form.is_valid() and chosen.isdecimal() and len(chosen) < 19 and place is not None:
        protocol = get_object_or_404(reading.here(by), pk=chosen)
        key = form.cleaned_data["submission_key"]
        arrived = attempt(
            form, actions.use, protocol=protocol, patient=patient, location=place, by=by, submission_key=key
        )
        if arrived is not None:
            return begin_visit(request, arrived)
    elif form.is_valid():
        form.add_error(None, "Choose one of the standing orders")
    find = request.GET.get("find", "").strip()[:80]
    offers = reading.offered(by, patient, place, timezone.localdate(), find)
    context = {"form": form, "use_form": form, "patient": patient, "offers": offers}
    return show(request, "injections/standing_order/use.html", context)
