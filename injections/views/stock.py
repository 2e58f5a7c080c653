"""What is on the shelves, and putting a lot there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import known_codes
from injections.actions import stock as actions
from injections.forms.stock import ReceiveForm
from injections.models import Lot, Staff
from injections.policy import may, requires
from injections.reading import shelf
from injections.reading.found_lots import meant
from injections.scan import LONGEST, SEPARATOR, SHOWN
from injections.views.place import here
from injections.views.posting import attempt, reader, sent, show

RECEIVE_PAGE = "injections/stock/receive.html"
#: what the form and the action call by the same name
RECEIVED = ("location", "package", "number", "expires_on", "containers", "source", "submission_key")


@requires("stock.see")
@require_safe
def stock(request: HttpRequest) -> HttpResponse:
    by, find = reader(request), request.GET.get("find", "").strip()[:LONGEST]
    shelves = list(shelf.shelves(by, meant(find, by.practice_id) if find else None))
    lots = [standing.lot for one in shelves for standing in one.lots]
    if find and len(lots) == 1:
        return redirect("injections:lot", pk=lots[0].pk)
    shown = find.replace(SEPARATOR, SHOWN)
    context = {"shelves": shelves, "find": shown, "may_receive": may(by, "stock.write")}
    return render(request, "injections/stock/stock.html", context)


@requires("stock.write")
@require_http_methods(["GET", "POST"])
def stock_receive(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    form = ReceiveForm(sent(request), by=by, initial={"location": here(request)})
    if form.received.waits or "search" in request.POST:
        return render(request, RECEIVE_PAGE, _page(_still_open(form, by)))
    if form.is_valid() and _receive(request, form):
        return redirect("injections:stock_receive" if "another" in request.POST else "injections:stock")
    return show(request, RECEIVE_PAGE, _page(form))


def _still_open(form: ReceiveForm, by: Staff) -> ReceiveForm:
    """The same page with what the scan said, before anybody could have answered what it asks."""
    return ReceiveForm(None, by=by, received=form.received, initial=dict(form.data.items()))


def _page(form: ReceiveForm) -> dict[str, Any]:
    return {"form": form, "unknown": form.received.unknown, "units": form.received.units, "waits": form.received.waits}


def _receive(request: HttpRequest, form: ReceiveForm) -> bool:
    """Put it on the shelf, once however often it is sent; with it what the code is, where that was asked."""
    said = form.cleaned_data
    told: dict[str, Any] = {"by": reader(request), "product": said["package"].product}
    told |= {name: said[name] for name in RECEIVED}
    asked = form.received.unknown
    if asked is None:
        lot: Lot | None = attempt(form, actions.receive, **told)
    else:
        told |= {"gtin": asked.scan.gtin, "units": said["units"], "confirmed_by": said.get("confirmed_by")}
        lot = attempt(form, known_codes.say_and_receive, **told)
    if lot is None:
        return False
    learned = " The code is known from now on." if asked else ""
    messages.success(request, f"Received: {said['containers']} × {lot.product}, lot {lot.number}.{learned}")
    return True
