"""The accounting of disclosures of one patient: a sheet to print and hand over, and the same as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from injections.audit.capture import EXPORTED, shows_as
from injections.policy import requires
from injections.reading.disclosures import accounting
from injections.spreadsheet import written
from injections.views.patient import patient_of
from injections.views.posting import reader

COLUMNS = ("When", "To whom", "What", "Purpose", "By", "Listed by law")


@requires("disclosures.see")
@require_GET
def disclosures(request: HttpRequest, pk: int) -> HttpResponse:
    patient, now = patient_of(request, pk), timezone.now()
    context = {
        "patient": patient,
        "practice": patient.practice,
        "account": accounting(patient, now),
        "printed_at": now,
        "printed_by": reader(request).signs_as,
        "zone": patient.practice.time_zone,
    }
    return render(request, "injections/disclosure/accounting.html", context)


@requires("disclosures.see")
@shows_as(EXPORTED)
@require_GET
def disclosures_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Both parts in one table; the last column tells them apart."""
    patient = patient_of(request, pk)
    found, zone = accounting(patient, timezone.now()), patient.practice.zone
    rows = [
        (one.at.astimezone(zone).isoformat(timespec="minutes"), one.to_whom, one.what, one.purpose, one.by,
         "no" if one.exempt else "yes")
        for one in (*found.listed, *found.exempt)
    ]  # fmt: skip
    answer = HttpResponse(written(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="disclosures.csv"'
    return answer
