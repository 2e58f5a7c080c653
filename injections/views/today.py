"""Today: the list a nurse works down."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from injections.forms.today import LONGEST_SEARCH, TodayForm
from injections.models import Appointment, Location, Question, Staff
from injections.policy import may, requires
from injections.reading import day
from injections.reading.day import Row, Tab
from injections.reading.names import matches
from injections.views.open import begin_visit
from injections.views.place import choose, here

SEARCH = "today_search"
TABS = (
    (Tab.TO_GIVE, "To give"),
    (Tab.WATCHING, "Watching"),
    (Tab.TO_SIGN, "To sign"),
    (Tab.DONE, "Done"),
    (Tab.NOT_GIVEN, "Not given"),
)


@requires("today.see")
@require_http_methods(["GET", "POST"])
def today(request: HttpRequest) -> HttpResponse:
    """The words of the search are kept in the session: a name does not belong in an address."""
    if request.method == "POST":
        wanted = request.POST.get("q", "").strip()[:LONGEST_SEARCH]
        scanned = _scanned(request, wanted) if may(request.user, "chart.write") else None
        if scanned is not None:
            return scanned
        request.session[SEARCH] = wanted
        return redirect(request.get_full_path())
    return render(request, "injections/today/today.html", _context(request))


@requires("today.see")
@require_POST
def work_at(request: HttpRequest, pk: int) -> HttpResponse:
    """Show another location of the practice until signing out."""
    choose(request, get_object_or_404(Location.objects.for_user(request.user), pk=pk))
    return redirect("injections:today")


def _scanned(request: HttpRequest, wanted: str) -> HttpResponse | None:
    """A wristband was read: straight to the chart of the one patient of today with exactly this record number.

    What is typed only searches, because opening a chart takes it in hand.
    """
    place = here(request)
    if place is None or not wanted or request.POST.get("by") != "scan":
        return None
    found = Appointment.objects.for_user(request.user).filter(
        location=place,
        starts_at__range=day.bounds(timezone.localdate()),
        cancelled_at__isnull=True,
        patient__mrn__iexact=wanted,
    )
    booked = list(found.select_related("encounter")[:2])
    if len(booked) != 1:
        return None
    visit = getattr(booked[0], "encounter", None)
    return redirect("injections:chart", pk=visit.pk) if visit else begin_visit(request, booked[0])


def in_order(tab: Tab, found: list[Row]) -> list[Row]:
    """The lines of one tab by time; under Watching whoever is ill, then whoever is due first."""
    mine = [row for row in found if row.tab == tab]
    return sorted(mine, key=_most_urgent) if tab == Tab.WATCHING else mine


def _most_urgent(row: Row) -> tuple[bool, datetime]:
    due = row.reaction.began_at if row.reaction else row.waits.until if row.waits else row.at
    return row.reaction is None, due


def listed(request: HttpRequest, on: date) -> list[Row]:
    """Everybody of that day at this person's place whom the words of the search allow."""
    place, wanted = here(request), request.session.get(SEARCH, "")
    everybody = day.rows(place, on, cast(Staff, request.user)) if place else []
    return [row for row in everybody if matches(row.patient, wanted)] if wanted else everybody


def _context(request: HttpRequest) -> dict[str, Any]:
    reader = cast(Staff, request.user)
    form = TodayForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    on, tab, wanted = (
        asked.get("day") or timezone.localdate(),
        Tab(asked.get("tab") or Tab.TO_GIVE),
        request.session.get(SEARCH, ""),
    )
    place = here(request)
    found = listed(request, on)
    drafts, questions = _mine(reader)
    counts = Counter(row.tab for row in found)
    counts[Tab.TO_SIGN] = len(drafts) + len(questions)
    return {
        "here": place,
        "on": on,
        "is_today": on == timezone.localdate(),
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "expected_after": day.booked(place, on + timedelta(days=1)) if place else 0,
        "tab": tab,
        "tabs": [(key, words, counts[key]) for key, words in TABS if key != Tab.TO_SIGN or may(reader, "chart.sign")],
        "rows": in_order(tab, found),
        "live": on == timezone.localdate() and tab != Tab.TO_SIGN,
        "elsewhere": sum(1 for row in found if row.tab != tab) if wanted else 0,
        "wanted": wanted,
        "drafts": drafts,
        "questions": questions,
        "charts": may(reader, "chart.write"),
        "takes_walk_ins": may(reader, "appointment.write"),
        "prints": may(reader, "downtime.print"),
        "locations": Location.objects.for_user(reader),
    }


def _mine(reader: Staff) -> tuple[list[Any], list[Any]]:
    """What waits for this person whatever the day: drafts, and questions without an answer."""
    if not may(reader, "chart.sign"):
        return [], []
    questions = Question.objects.for_user(reader).filter(asked_of=reader, answered_at__isnull=True)
    return list(day.waiting_for(reader)), list(questions.select_related("encounter__patient", "asked_by"))
