"""Appointments from another system's file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from injections.imports.schedule import SAMPLE
from injections.policy import requires
from injections.views.import_patients import sample
from injections.views.importing import answer


@requires("import.write")
@require_http_methods(["GET", "POST"])
def import_schedule(request: HttpRequest) -> HttpResponse:
    return answer(request, "schedule", "injections/imports/schedule.html")


@requires("import.write")
@require_safe
def sample_schedule(request: HttpRequest) -> HttpResponse:
    return sample(SAMPLE, "schedule")
