"""What is on the shelves, and putting a lot there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import arriving, known_codes
from injections.forms.stock import ReceiveForm
from injections.models import Lot, Staff, StockMove
from injections.models.lot_number import written
from injections.policy import may, requires
from injections.reading import shelf
from injections.reading.found_lots import meant, meant_of
from injections.reading.received import Received
from injections.reading.unreceived import Unreceived, taken_off, unreceived
from injections.scan import LONGEST, SEPARATOR, SHOWN
from injections.views.photo import photo_sent, with_code
from injections.views.place import here
from injections.views.posting import attempt, reader, sent, show

RECEIVE_PAGE = "injections/stock/receive.html"
#: what the form and the action call by the same name
RECEIVED = ("location", "package", "number", "expires_on", "containers", "source", "submission_key")


FILLED_IN = ("ndc", "number", "expires_on", "source", "location")


@requires("stock.see")
@require_safe
def stock(request: HttpRequest) -> HttpResponse:
    by, find = reader(request), request.GET.get("find", "").strip()[:LONGEST]
    shelves = list(shelf.shelves(by, meant(find, by.practice_id) if find else None))
    lots = [standing.lot for one in shelves for standing in one.lots]
    never = unreceived(by)
    never = meant_of(find, never, by.practice_id) if find else never
    if find and len(lots) == 1 and not never:
        return redirect("injections:lot", pk=lots[0].pk)
    shown = find.replace(SEPARATOR, SHOWN)
    context = {"shelves": shelves, "unreceived": never, "find": shown, "may_receive": may(by, "stock.write")}
    return render(request, "injections/stock/stock.html", context)


@requires("stock.write")
@require_http_methods(["GET", "POST"])
def stock_receive(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    data, unread = with_code(request) if photo_sent(request) else (sent(request), "")
    received = Received(data or {}, by.practice_id, unread)
    initial = {"location": here(request)} | _filled_in(request)
    form = ReceiveForm(data, by=by, received=received, initial=initial)
    if form.received.waits or "search" in request.POST:
        return render(request, RECEIVE_PAGE, _page(_still_open(form, by), by))
    if form.is_valid() and _receive(request, form):
        return redirect("injections:stock_receive" if "another" in request.POST else "injections:stock")
    return show(request, RECEIVE_PAGE, _page(form, by))


def _filled_in(request: HttpRequest) -> dict[str, str]:
    """What the page of a lot that was given and never received knows of it already."""
    return {name: request.GET[name][:LONGEST] for name in FILLED_IN if name in request.GET}


def _still_open(form: ReceiveForm, by: Staff) -> ReceiveForm:
    """The same page with what the scan said, before anybody could have answered what it asks."""
    return ReceiveForm(None, by=by, received=form.received, initial=dict(form.data.items()))


def _page(form: ReceiveForm, by: Staff) -> dict[str, Any]:
    said = form.received
    told = {"form": form, "unknown": said.unknown, "units": said.units, "waits": said.waits}
    return told | {"given_before": _given_before(form, by)}


def _given_before(form: ReceiveForm, by: Staff) -> list[Unreceived]:
    """The lots of this number that were given at this location already, and that nobody received there."""
    number, place = written(str(form["number"].value() or "")), str(form["location"].value() or "")
    return [one for one in unreceived(by) if one.number == number and str(one.location.pk) == place] if number else []


def _receive(request: HttpRequest, form: ReceiveForm) -> bool:
    """Put it on the shelf, once however often it is sent; with it what the code is, where that was asked."""
    said = form.cleaned_data
    told: dict[str, Any] = {"by": reader(request), "product": said["package"].product}
    told |= {name: said[name] for name in RECEIVED}
    asked = form.received.unknown
    if asked is None:
        lot: Lot | None = attempt(form, arriving.receive, **told)
    else:
        told |= {"gtin": asked.scan.gtin, "units": said["units"], "confirmed_by": said.get("confirmed_by")}
        lot = attempt(form, known_codes.say_and_receive, **told)
    if lot is None:
        return False
    learned = " The code is known from now on." if asked else ""
    received = f"Received: {said['containers']} × {lot.product}, lot {lot.number}."
    messages.success(request, f"{received}{_taken_off(lot)}{learned}")
    return True


def _taken_off(lot: Lot) -> str:
    """That doses were given before it came, where its first receipt took them off the count."""
    doses = taken_off(lot)
    if not doses or lot.moves.filter(kind=StockMove.Kind.RECEIVED).count() > 1:
        return ""
    these = "1 dose given before it came is" if doses == 1 else f"{doses} doses given before it came are"
    return f" {these} taken off: {lot.on_hand} on hand."
