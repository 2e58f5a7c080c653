"""Visits of patients whose record is closed to the front desk: booked, and expected at the desk, and nothing more."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from injections.actions import appointments as actions
from injections.forms.protected import ProtectedBookingForm
from injections.models import Location, Practice
from injections.policy import requires
from injections.reading import protected as reading
from injections.templatetags.words import clock, day
from injections.views.appointment import cancelling
from injections.views.place import here
from injections.views.posting import attempt, reader, sent, show

SAID = ("mrn", "birth_date", "location", "room", "starts_at", "submission_key")


@requires("appointment.protected")
@require_http_methods(["GET", "POST"])
def protected(request: HttpRequest) -> HttpResponse:
    """Who is meant is typed in full: nobody finds out here whose record is protected."""
    by = reader(request)
    form = ProtectedBookingForm(
        sent(request),
        locations=Location.objects.for_user(by),
        zone=cast(Practice, by.practice).zone,
        initial={"location": here(request), "day": timezone.localdate()},
    )
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in SAID}
        booked = attempt(form, actions.book_protected, by=by, **said)
        if booked is not None:
            messages.success(request, f"Booked for {day(booked.starts_at)} at {clock(booked.starts_at)}.")
            return redirect("injections:protected")
    return show(request, "injections/appointment/protected.html", {"form": form, "expected": reading.expected(by)})


@requires("appointment.protected")
@require_http_methods(["GET", "POST"])
def protected_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once, and says neither who nor what for: whoever takes it back has just seen the name in the list."""
    booked = get_object_or_404(reading.upcoming(reader(request)), pk=pk)
    return cancelling(request, booked, reverse("injections:protected"), {})
