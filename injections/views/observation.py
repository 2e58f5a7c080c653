"""The wait after a dose: until when by the clock of the server, and how it ended."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from injections.actions import observations as actions
from injections.chart.afterwards import reaction_of
from injections.chart.waiting import waiting_of
from injections.forms.observation import WatchForm
from injections.models import Administration
from injections.policy import requires
from injections.reading.chips import waiting_chip
from injections.views.posting import attempt, reader, sent, show

#: after this long nobody knows by the clock how many minutes the patient was watched
FORGOTTEN = timedelta(hours=2)


@requires("chart.write")
@require_http_methods(["GET", "POST"])
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    dose = standing_dose(request, pk)
    waits, now = waiting_of(dose), timezone.now()
    late = waits is not None and now - waits.until > FORGOTTEN
    form = WatchForm(sent(request), late=late)
    if form.is_valid():
        seen = attempt(form, actions.finish, administration=dose, by=reader(request), **form.cleaned_data)
        if seen is not None:
            messages.success(request, f"Recorded: {str(seen).lower()}, watched {seen.minutes} minutes.")
            return redirect("injections:today")
    context = {
        "form": form,
        "dose": dose,
        "patient": dose.encounter.patient,
        "waits": waits,
        "chip": waiting_chip(waits, now) if waits else None,
        "over": waits is None or waits.is_over(now),
        "late": late,
        "seen": dose.observations.select_related("recorded_by").last(),
        "reaction": reaction_of(dose),
    }
    return show(request, "injections/observation/watch.html", context)


def standing_dose(request: HttpRequest, pk: int) -> Administration:
    """The version of this dose that stands now."""
    rows = Administration.objects.for_user(request.user)
    dose = get_object_or_404(rows, pk=pk)
    while (later := rows.filter(supersedes=dose).first()) is not None:
        dose = later
    related = ("product", "encounter__patient", "encounter__practice", "encounter__location", "given_by")
    return rows.select_related(*related).get(pk=dose.pk)
