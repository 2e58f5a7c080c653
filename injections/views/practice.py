"""The administrator's page about the practice itself. No patient is ever on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from injections.actions import practice as actions
from injections.forms.practice import PracticeForm
from injections.policy import requires
from injections.views.posting import attempt, reader, sent, show


@requires("practice.write")
@require_http_methods(["GET", "POST"])
def practice_settings(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    if by.practice is None:
        raise Http404
    form = PracticeForm(sent(request), practice=by.practice)
    if form.is_valid() and attempt(form, actions.change, by=by, **form.cleaned_data) is not None:
        messages.success(request, "The settings of the practice are saved.")
        return redirect("injections:practice_settings")
    return show(request, "injections/staff/practice.html", {"form": form})
