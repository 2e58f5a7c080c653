"""The sheets for the hours without Deltoid: which there are, a fresh one, and the PDF to print."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions.downtime import make
from injections.audit import noting
from injections.audit.capture import shows_as
from injections.models import DowntimePack, Location
from injections.models.audit import Action
from injections.paper import as_file
from injections.policy import requires


@requires("downtime.print")
@require_http_methods(["GET", "POST"])
def downtime(request: HttpRequest) -> HttpResponse:
    """Today's and tomorrow's pack of each location; posted with a location and a day, makes that one anew."""
    today = timezone.localdate()
    days = (today, today + timedelta(days=1))
    places = list(Location.objects.for_user(request.user).order_by("name"))
    if request.method == "POST":
        asked = {(str(place.pk), f"{day:%Y-%m-%d}"): (place, day) for place in places for day in days}
        wanted = asked.get((request.POST.get("location", ""), request.POST.get("day", "")))
        if wanted is not None:
            return redirect("injections:downtime_pack", make(*wanted).pk)
    found = DowntimePack.objects.for_user(request.user).filter(day__in=days).defer("content")
    packs = {(pack.location_id, pack.day): pack for pack in found}
    rows = [(place, [(day, packs.get((place.pk, day))) for day in days]) for place in places]
    return render(request, "injections/downtime/downtime.html", {"rows": rows, "today": today})


@requires("downtime.print")
@shows_as(Action.PRINTED)
@require_safe
def downtime_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF. It counts as printed for each patient it names."""
    pack = get_object_or_404(DowntimePack.objects.for_user(request.user), pk=pk)
    noting.note_patients(pack.patients)
    return as_file(bytes(pack.content), f"downtime-{pack.day:%Y-%m-%d}")
