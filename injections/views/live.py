"""What the page of Today asks by itself: which lines have changed, and those lines anew.

The first answer holds numbers only, so that looking every few seconds shows nobody anything; only a line that has
changed is fetched, shown and recorded as shown.
"""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from injections.audit.capture import shows_nobody
from injections.marks import polls
from injections.policy import may, requires
from injections.views.today import listed

MOST_LINES = 40


@polls
@shows_nobody
@requires("today.see")
@require_safe
def today_versions(request: HttpRequest) -> HttpResponse:
    """Each line of today with its tab and version, and how many stand under each tab."""
    found = listed(request, timezone.localdate())
    return JsonResponse(
        {
            "lines": {row.key: [row.tab.value, row.version] for row in found},
            "counts": Counter(row.tab.value for row in found),
        }
    )


@polls
@requires("today.see")
@require_safe
def today_lines(request: HttpRequest) -> HttpResponse:
    """The lines that were asked for, as they read now. Only patients whose line is shown count as looked at."""
    wanted = set(request.GET.getlist("line")[:MOST_LINES])
    found = [row for row in listed(request, timezone.localdate()) if row.key in wanted]
    context = {"rows": found, "charts": may(request.user, "chart.write")}
    return render(request, "injections/today/_lines.html", context)
