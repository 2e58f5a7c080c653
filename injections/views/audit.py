"""The log: who saw and changed what, by period, person, patient and action; as a page and as a file."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from injections.audit import report
from injections.audit.capture import shows_as
from injections.audit.report import Question
from injections.forms.audit import AuditForm
from injections.forms.base import invalid
from injections.models import Practice, Staff
from injections.models.audit import Action
from injections.policy import requires
from injections.reading import audit as reading
from injections.reading.colleagues import colleagues
from injections.spreadsheet import written
from injections.views.files import csv_file
from injections.views.posting import reader, sent

COLUMNS = {
    "at": "When",
    "person": "Who",
    "action": "Did what",
    "subject": "With what",
    "row": "Number",
    "patient": "Patient",
}
NUMBERS = ("person", "patient", "after")


@requires("audit.see")
@require_http_methods(["GET", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """What is looked for is posted and then stands in the address as days and numbers."""
    wanted = read(request.GET)
    by = reader(request)
    practice = practice_of(by)
    asked = reading.asked(practice, wanted)
    form = _form(request, asked)
    if form.is_bound:
        if form.is_valid():
            return redirect(f"{request.path}?{urlencode(_chosen(form.cleaned_data))}")
        return invalid(request, "injections/audit/audit.html", {"form": form, "refused": True})
    found = report.page(asked, wanted.get("after"))
    context = {
        "form": form,
        "entries": reading.entries(by, found[: report.PAGE]),
        "next": _address(wanted, after=found[report.PAGE - 1].id) if len(found) > report.PAGE else "",
        "headings": [_heading(wanted, asked, name) for name in COLUMNS],
        "file": _address(wanted),
        "zone": practice.zone,
    }
    if request.headers.get("HX-Request") and "after" in wanted:
        return render(request, "injections/audit/_entries.html", context)
    return render(request, "injections/audit/audit.html", {**context, "total": report.count(asked)})


@requires("audit.see")
@shows_as(Action.EXPORTED)
@require_GET
def audit_file(request: HttpRequest) -> HttpResponse:
    """The same as a file, up to a hundred thousand lines; patients by record number."""
    by = reader(request)
    asked = reading.asked(practice_of(by), read(request.GET))
    zone = practice_of(by).zone
    rows = [
        (entry.at.astimezone(zone).isoformat(), entry.person, entry.action, entry.what, entry.row,
         entry.patient if entry.patient_id else "",
         entry.columns)
        for entry in reading.entries(by, report.everything(asked))
    ]  # fmt: skip
    return csv_file(written([*COLUMNS.values(), "Columns"], rows), f"audit-{asked.since:%Y-%m-%d}")


def practice_of(by: Staff) -> Practice:
    """Whose log it is. Somebody without a practice has none."""
    if by.practice is None:
        raise Http404
    return by.practice


def read(address: QueryDict) -> dict[str, Any]:
    """What the address says, each part read or left out."""
    wanted: dict[str, Any] = {}
    for name in NUMBERS:
        if (text := address.get(name, "")).isascii() and text.isdecimal() and len(text) < 19:
            wanted[name] = int(text)
    for name in ("since", "until"):
        try:
            day = date.fromisoformat(address.get(name, ""))
        except ValueError:
            continue
        if date(1900, 1, 1) <= day <= date(2100, 12, 31):
            wanted[name] = day
    if address.get("action") in Action.values:
        wanted["action"] = address["action"]
    if address.get("sort", "").removeprefix("-") in report.SORTS:
        wanted["sort"] = address["sort"]
    return wanted


def _form(request: HttpRequest, asked: Question) -> AuditForm:
    by = reader(request)
    patients = reading.visible_patients(by)
    chosen = patients.filter(pk=asked.patient_id).first() if asked.patient_id else None
    zone = practice_of(by).zone
    last = reading.last_day(asked, zone)
    initial = {
        "since": asked.since.astimezone(zone).date(),
        "until": last,
        "person": asked.person_id,
        "action": asked.action,
        "mrn": chosen.mrn if chosen else "",
    }
    return AuditForm(sent(request), people=colleagues(by), patients=patients, initial=initial)


def _chosen(cleaned: dict[str, Any]) -> dict[str, Any]:
    chosen = {
        "since": cleaned["since"],
        "until": cleaned["until"],
        "person": cleaned["person"].pk if cleaned["person"] else "",
        "patient": cleaned["mrn"].pk if cleaned["mrn"] else "",
        "action": cleaned["action"],
    }
    return {name: value for name, value in chosen.items() if value}


def _address(wanted: dict[str, Any], **changes: Any) -> str:
    kept = {name: value for name, value in wanted.items() if name != "after"}
    return f"?{urlencode({**kept, **changes})}"


def _heading(wanted: dict[str, Any], asked: Question, name: str) -> dict[str, Any]:
    """A column's name, the address that sorts by it, and how it is sorted now."""
    sorted_by = asked.sort.removeprefix("-") == name
    turned = f"-{name}" if (sorted_by and not asked.descending) or (not sorted_by and name == "at") else name
    state = ("descending" if asked.descending else "ascending") if sorted_by else ""
    return {"name": COLUMNS[name], "address": _address(wanted, sort=turned), "state": state}
