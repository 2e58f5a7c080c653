"""One lot: every movement of it, and what may happen to it besides being given."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import arriving
from injections.actions import stock as actions
from injections.chart.held import on_hold
from injections.forms.lot import COUNT, MoveForm
from injections.models import HeldLot, Location, Lot, StockMove
from injections.policy import may, requires
from injections.reading import ledger, opened, staffing
from injections.reading.shelf import state_of
from injections.spreadsheet import written
from injections.views.files import csv_file
from injections.views.posting import attempt, reader, sent, show


@requires("stock.see")
@require_http_methods(["GET", "POST"])
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    rows = Lot.objects.for_user(request.user).annotate(held=on_hold()).select_related("location", "product", "package")
    found, by = get_object_or_404(rows, pk=pk), reader(request)
    form = MoveForm(
        sent(request),
        locations=Location.objects.for_user(by).exclude(pk=found.location_id),
        colleagues=staffing.colleagues(by).exclude(pk=by.pk),
        controlled=actions.controlled(found.product),
        expired=found.expires_on < today,
    )
    if may(by, "stock.write") and form.is_valid() and _move(form, found, request) is not None:
        messages.success(request, _done(form, found))
        return redirect("injections:lot", pk=found.pk)
    context = {
        "form": form,
        "lot": found,
        "state": state_of(found, today),
        "holds": list(HeldLot.objects.filter(lot=found, end=None).select_related("excursion")),
        "vials": [(one, one.state(today)) for one in opened.of_lot(found)],
        "opens": found.package is not None and found.package.single_dose is False,
        "moves": ledger.of_lot(found),
        "schedule": actions.controlled(found.product),
        "writes": may(by, "stock.write"),
    }
    return show(request, "injections/stock/lot.html", context)


def _move(form: MoveForm, found: Lot, request: HttpRequest) -> Lot | None:
    said, by = form.cleaned_data, reader(request)
    told: dict[str, Any] = {"lot": found, "by": by}
    told |= {name: said[name] for name in ("containers", "note", "submission_key")}
    if said["act"] == StockMove.Kind.TRANSFERRED:
        return attempt(form, arriving.transfer, to=said["to"], **told)
    told["witness"] = said.get("witness")
    if said["act"] == COUNT:
        return attempt(form, actions.count, **told)
    told["note"] = said["note"] or dict(StockMove.Kind.choices)[said["act"]]
    return attempt(form, actions.waste, kind=said["act"], **told)


def _done(form: MoveForm, found: Lot) -> str:
    """What was written down; of a count how it differs from the ledger."""
    said = form.cleaned_data
    if said["act"] != COUNT:
        return f"Written down: {said['containers']} of lot {found.number}."
    difference = found.moves.get(submission_key=said["submission_key"]).containers
    counted = f"Counted: {said['containers']} of lot {found.number}"
    if not difference:
        return f"{counted}, as the ledger says."
    return f"{counted}, {abs(difference)} {'more' if difference > 0 else 'fewer'} than the ledger said."


@requires("stock.see")
@require_safe
def controlled_log(request: HttpRequest) -> HttpResponse:
    """Every movement of every controlled drug, with who, for whom, who saw it, and what is left.

    In the order of :mod:`injections.reading.ledger`: as written down, each with the time at which it happened.
    """
    context = {"logs": ledger.controlled(request.user)}
    return render(request, "injections/stock/controlled.html", context)


@requires("stock.see")
@require_safe
def controlled_file(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    rows = ledger.as_rows(ledger.controlled(request.user))
    return csv_file(written(ledger.COLUMNS, rows), "controlled-drugs")
