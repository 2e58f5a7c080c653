"""The list of patients: search by name, record number or birth date."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from injections.audit.capture import shows_as
from injections.models.audit import Action
from injections.policy import may, requires
from injections.reading import patients as reading

SEARCH = "patient-search"


@requires("patient.see")
@shows_as(Action.SEARCHED)
@require_http_methods(["GET", "POST"])
def patients(request: HttpRequest) -> HttpResponse:
    """What is searched for is kept in the session: names of patients stay out of addresses and logs."""
    if request.method == "POST":
        request.session[SEARCH] = request.POST.get("q", "").strip()[: reading.LONGEST_SEARCH]
        return redirect("injections:patients")
    return render(request, "injections/patient/patients.html", found(request) | _rights(request))


def found(request: HttpRequest, search: str = SEARCH) -> dict[str, Any]:
    """The words of the search, kept under that name in the session, and who they mean; without words, who came last."""
    words = request.session.get(search, "")
    rows = list(reading.find(request.user, words)) if words else list(reading.newest(request.user))
    more = len(rows) > reading.MOST_FOUND
    return {"q": words, "patients": rows[: reading.MOST_FOUND], "more": more, "most": reading.MOST_FOUND}


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_book_protected": may(request.user, "appointment.protected"),
        "may_add": may(request.user, "patient.write"),
        "may_import": all(may(request.user, need) for need in ("import.write", "patient.write")),
    }
