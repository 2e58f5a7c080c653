"""Where a colleague works: the whole practice, or some of its locations only."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from injections.actions import staff as actions
from injections.forms.staff import LimitForm
from injections.models import Location
from injections.policy import requires
from injections.reading.colleagues import colleagues
from injections.views.posting import reader, sent, show


@requires("staff.write")
@require_http_methods(["GET", "POST"])
def staff_locations(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator who is limited too sees every location here: the list is the practice's."""
    person, by = get_object_or_404(colleagues(request.user), pk=pk), reader(request)
    form = LimitForm(
        sent(request),
        locations=Location.objects.filter(practice=by.practice),
        initial={"locations": person.location_limits.values_list("location", flat=True)},
    )
    if form.is_valid():
        actions.limit_to(staff=person, locations=form.cleaned_data["locations"], by=by)
        messages.success(request, f"Where {person.full_name} works is saved.")
        return redirect("injections:staff_access", pk=person.pk)
    return show(request, "injections/staff/locations.html", {"form": form, "person": person})
