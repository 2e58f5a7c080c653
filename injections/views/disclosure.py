"""The accounting of disclosures of one patient: a sheet to print and hand over, the same as a file, and entries."""

from __future__ import annotations

from datetime import tzinfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from injections.actions import disclosures as actions
from injections.audit.capture import EXPORTED, shows_as
from injections.forms.disclosure import DisclosureForm, TakeBackForm
from injections.models import DisclosureMade
from injections.policy import may, requires
from injections.reading.disclosures import Disclosure, accounting
from injections.spreadsheet import written
from injections.views.files import csv_file
from injections.views.patient import patient_of
from injections.views.posting import attempt, reader, sent, show

COLUMNS = ("When", "To whom", "Address", "What", "Purpose", "By", "Listed by law")


@requires("disclosures.see")
@require_GET
def disclosures(request: HttpRequest, pk: int) -> HttpResponse:
    patient, now = patient_of(request, pk), timezone.now()
    context = {
        "patient": patient,
        "practice": patient.practice,
        "account": accounting(patient, now),
        "may_enter": may(request.user, "disclosures.write"),
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
        (_when(one, zone), one.to_whom, one.address, one.what, one.purpose, one.by, "no" if one.exempt else "yes")
        for one in (*found.listed, *found.exempt)
    ]  # fmt: skip
    return csv_file(written(COLUMNS, rows), "disclosures")


def _when(one: Disclosure, zone: tzinfo) -> str:
    at = one.at.astimezone(zone)
    return at.date().isoformat() if one.whole_day else at.isoformat(timespec="minutes")


@requires("disclosures.write")
@require_http_methods(["GET", "POST"])
def disclosure_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One that was made by mail, phone or fax, where the product could not see it."""
    patient, by = patient_of(request, pk), reader(request)
    form = DisclosureForm(sent(request), initial={"made_on": timezone.localdate()})
    if form.is_valid() and attempt(form, actions.enter, patient=patient, by=by, **form.cleaned_data) is not None:
        messages.success(request, "The disclosure is on the list.")
        return redirect("injections:disclosures", pk=patient.pk)
    return show(request, "injections/disclosure/new.html", {"form": form, "patient": patient})


@requires("disclosures.write")
@require_http_methods(["GET", "POST"])
def disclosure_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Entered by mistake: the account leaves it out; who entered and who took it back stays in the log."""
    by = reader(request)
    entered = get_object_or_404(DisclosureMade.objects.for_user(by).select_related("patient"), pk=pk)
    form = TakeBackForm(sent(request))
    if form.is_valid() and attempt(form, actions.take_back, disclosure=entered, by=by, **form.cleaned_data) is not None:
        messages.success(request, "The entry is taken back.")
        return redirect("injections:disclosures", pk=entered.patient_id)
    context = {"form": form, "entered": entered, "patient": entered.patient}
    return show(request, "injections/disclosure/take_back.html", context)
