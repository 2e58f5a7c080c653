"""Patients from another system's file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from injections.imports.patients import SAMPLE
from injections.policy import requires
from injections.views.files import csv_file
from injections.views.importing import answer


@requires("import.write")
@require_http_methods(["GET", "POST"])
def import_patients(request: HttpRequest) -> HttpResponse:
    return answer(request, "patients", "injections/imports/patients.html")


@requires("import.write")
@require_safe
def sample_patients(request: HttpRequest) -> HttpResponse:
    return sample(SAMPLE, "patients")


def sample(text: str, name: str) -> HttpResponse:
    """A file to fill in; the mark at its beginning tells a spreadsheet that it is UTF-8."""
    return csv_file(text.encode("utf-8-sig"), name)
