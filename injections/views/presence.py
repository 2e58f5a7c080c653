"""Who supervises now: checking a physician in and out of the suite, or onto live video."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from injections.actions import presence as actions
from injections.actions.errors import Refused
from injections.forms.base import invalid
from injections.forms.presence import LEFT, CheckInForm, CheckOutForm, LaterForm, WentForm
from injections.models import Location, Presence, Staff
from injections.policy import may, requires
from injections.reading import staffing
from injections.reading.presence import forgotten_at, open_at
from injections.views.place import here
from injections.views.posting import attempt, reader, sent

#: the page has two forms with the same questions
LATER_ID = "later_%s"
CORRECT = "Their records stay as they are until whoever gave the dose corrects them."


class Absent(NamedTuple):
    """Somebody who could supervise and is not here, with the stretch of an earlier day that nobody ended."""

    who: Staff
    forgotten: Presence | None
    went: WentForm | None


@requires("today.see")
@require_GET
def presence(request: HttpRequest) -> HttpResponse:
    return render(request, "injections/presence/presence.html", _context(request))


@requires("presence.write")
@require_POST
def check_in(request: HttpRequest) -> HttpResponse:
    """From now on this practitioner is immediately available here."""
    place, by = here(request), reader(request)
    form = CheckInForm(sent(request), physicians=staffing.physicians(by))
    if form.is_valid() and place is not None:
        try:
            actions.check_in(location=place, by=by, **form.cleaned_data)
            return redirect("injections:presence")
        except Refused as refused:
            form.add_error(None, refused.message)
    return invalid(request, "injections/presence/presence.html", _context(request) | {"form": form})


@requires("presence.write")
@require_POST
def was_here(request: HttpRequest) -> HttpResponse:
    """A check-in that was forgotten, with the true time; who typed it and when stand beside it."""
    place, by = here(request), reader(request)
    form = LaterForm(sent(request), physicians=staffing.physicians(by), auto_id=LATER_ID)
    if form.is_valid() and place is not None:
        said = attempt(form, actions.say_later, location=place, by=by, **form.cleaned_data)
        if said is not None:
            left = actions.left_open(said)
            if left:
                noun = "dose was" if left == 1 else "doses were"
                messages.warning(request, f"{left} {noun} signed without a supervisor in these minutes. {CORRECT}")
            return redirect("injections:presence")
    return invalid(request, "injections/presence/presence.html", _context(request) | {"later": form})


@requires("presence.write")
@require_POST
def check_out(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on this practitioner is not available any more."""
    stretch = get_object_or_404(Presence.objects.for_user(request.user), pk=pk)
    if "went" in request.POST:
        return _went(request, stretch)
    form = CheckOutForm(sent(request))
    minutes = form.cleaned_data["minutes_ago"] if form.is_valid() else 0
    try:
        _say_gaps(request, actions.check_out(presence=stretch, by=reader(request), minutes_ago=minutes))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
    return redirect("injections:presence")


def _went(request: HttpRequest, stretch: Presence) -> HttpResponse:
    """When they left on an earlier day that nobody ended."""
    form = WentForm(sent(request), auto_id=_went_id(stretch))
    if form.is_valid():
        ended = attempt(form, actions.went, presence=stretch, at=form.cleaned_data["went"], by=reader(request))
        if ended is not None:
            _say_gaps(request, ended)
            return redirect("injections:presence")
    return invalid(request, "injections/presence/presence.html", _context(request, {stretch.pk: form}))


def _say_gaps(request: HttpRequest, ended: Presence) -> None:
    touched = actions.uncovered(ended).count()
    if touched:
        noun = "chart has" if touched == 1 else "charts have"
        messages.warning(request, f"{touched} {noun} a dose of minutes that nobody covered: a gap stands there.")


def _went_id(stretch: Presence) -> str:
    return f"went_{stretch.pk}_%s"


def _absent(by: Staff, place: Location | None, present: list[Presence], said: dict[int, WentForm]) -> list[Absent]:
    """Who is not here; whoever was forgotten on an earlier day with the question when they left."""
    forgotten = forgotten_at(place) if place else {}
    found = []
    for physician in staffing.physicians(by).exclude(pk__in=[stretch.clinician_id for stretch in present]):
        stretch = forgotten.get(physician.pk)
        form = said.get(stretch.pk) or WentForm(auto_id=_went_id(stretch)) if stretch else None
        found.append(Absent(physician, stretch, form))
    return found


def _context(request: HttpRequest, said: dict[int, WentForm] | None = None) -> dict[str, Any]:
    place, by = here(request), reader(request)
    present = list(open_at(place)) if place else []
    today = staffing.present_on(place, timezone.localdate()) if place else Presence.objects.none()
    return {
        "form": CheckInForm(physicians=staffing.physicians(by)),
        "later": LaterForm(physicians=staffing.physicians(by), auto_id=LATER_ID),
        "now": present,
        "absent": _absent(by, place, present, said or {}),
        "left": LEFT,
        "earlier": [stretch for stretch in today if stretch.until is not None],
        "place": place,
        "writes": may(by, "presence.write"),
    }
