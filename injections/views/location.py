"""The administrator's pages about the locations: what kind of place each is, and since when."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import locations as actions
from injections.days import written_day
from injections.forms.location import CorrectForm, LocationForm, PlaceForm
from injections.models import Location
from injections.policy import requires
from injections.reading.locations import placed
from injections.views.posting import attempt, reader, sent, show


@requires("practice.write")
@require_safe
def locations(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    return render(request, "injections/location/locations.html", {"locations": placed(by, timezone.localdate())})


@requires("practice.write")
@require_http_methods(["GET", "POST"])
def location_new(request: HttpRequest) -> HttpResponse:
    form = LocationForm(sent(request))
    added = attempt(form, actions.add, by=reader(request), **form.cleaned_data) if form.is_valid() else None
    if added is not None:
        messages.success(request, f"{added} is added. Say under Staff who works there.")
        return redirect("injections:locations")
    return show(request, "injections/location/new.html", {"form": form})


@requires("practice.write")
@require_http_methods(["GET", "POST"])
def location_correct(request: HttpRequest, pk: int) -> HttpResponse:
    by, today = reader(request), timezone.localdate()
    location = get_object_or_404(Location.objects.for_user(by), pk=pk)
    form = CorrectForm(sent(request), location=location, tomorrow=today + timedelta(days=1))
    if form.is_valid():
        mended = attempt(form, actions.correct, location=location, by=by, **form.cleaned_data)
        if mended is not None:
            messages.success(request, f"{mended} is corrected.")
            return redirect("injections:locations")
    return show(request, "injections/location/correct.html", {"form": form, "location": location})


@requires("practice.write")
@require_http_methods(["GET", "POST"])
def location_place(request: HttpRequest, pk: int) -> HttpResponse:
    by, today = reader(request), timezone.localdate()
    location = get_object_or_404(Location.objects.for_user(by), pk=pk)
    form = PlaceForm(sent(request), now=location.place_on(today), tomorrow=today + timedelta(days=1))
    if form.is_valid():
        said = attempt(form, actions.place, location=location, by=by, **form.cleaned_data)
        if said is not None:
            messages.success(request, f"{location}: {said}, for visits from {written_day(said.since)}.")
            return redirect("injections:locations")
    return show(request, "injections/location/place.html", {"form": form, "location": location})
