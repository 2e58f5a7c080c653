"""Today: the list a nurse works down."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from injections.forms.today import LONGEST_SEARCH, TodayForm
from injections.models import Location, Question, Staff
from injections.policy import may, requires
from injections.reading import day
from injections.reading.day import Tab
from injections.reading.names import matches
from injections.views.place import choose, here

SEARCH = "today_search"
TABS = (
    (Tab.TO_GIVE, "To give"),
    (Tab.TO_SIGN, "To sign"),
    (Tab.DONE, "Done"),
    (Tab.NOT_GIVEN, "Not given"),
)


@requires("today.see")
@require_http_methods(["GET", "POST"])
def today(request: HttpRequest) -> HttpResponse:
    """The words of the search are kept in the session: a name does not belong in an address."""
    if request.method == "POST":
        request.session[SEARCH] = request.POST.get("q", "").strip()[:LONGEST_SEARCH]
        return redirect(request.get_full_path())
    return render(request, "injections/today/today.html", _context(request))


@requires("today.see")
@require_POST
def work_at(request: HttpRequest, pk: int) -> HttpResponse:
    """Show another location of the practice until signing out."""
    choose(request, get_object_or_404(Location.objects.for_user(request.user), pk=pk))
    return redirect("injections:today")


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
    everybody = day.rows(place, on, reader) if place else []
    found = [row for row in everybody if matches(row.patient, wanted)] if wanted else everybody
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
        "rows": [row for row in found if row.tab == tab],
        "elsewhere": sum(1 for row in found if row.tab != tab) if wanted else 0,
        "wanted": wanted,
        "drafts": drafts,
        "questions": questions,
        "charts": may(reader, "chart.write"),
        "locations": Location.objects.for_user(reader),
    }


def _mine(reader: Staff) -> tuple[list[Any], list[Any]]:
    """What waits for this person whatever the day: drafts, and questions without an answer."""
    if not may(reader, "chart.sign"):
        return [], []
    questions = Question.objects.for_user(reader).filter(asked_of=reader, answered_at__isnull=True)
    return list(day.waiting_for(reader)), list(questions.select_related("encounter__patient", "asked_by"))
