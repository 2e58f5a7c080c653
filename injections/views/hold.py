"""Cold chain: reporting a time out of range, and deciding about each lot that was there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import holds as actions
from injections.actions.stock import controlled
from injections.forms.base import invalid
from injections.forms.hold import DecideForm, ExcursionForm, HoldTooForm
from injections.models import Excursion, HoldEnd, Location
from injections.policy import may, requires
from injections.reading import holds, staffing
from injections.views.place import here
from injections.views.posting import attempt, reader, sent, show


@requires("stock.see")
@require_safe
def excursions(request: HttpRequest) -> HttpResponse:
    context = {"excursions": list(holds.excursions(request.user)), "writes": may(request.user, "stock.write")}
    return render(request, "injections/stock/excursions.html", context)


@requires("stock.write")
@require_http_methods(["GET", "POST"])
def excursion_new(request: HttpRequest) -> HttpResponse:
    places = Location.objects.for_user(request.user)
    form = ExcursionForm(sent(request), locations=places, initial={"location": here(request)})
    if form.is_valid():
        made = attempt(form, actions.report, by=reader(request), **form.cleaned_data)
        if made is not None:
            messages.success(request, f"On hold from this moment: {made.held.count()} lots. Charts stop them.")
            return redirect("injections:excursion", pk=made.pk)
    return show(request, "injections/stock/excursion_new.html", {"form": form})


@requires("stock.see")
@require_http_methods(["GET", "POST"])
def excursion(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = _deciding(request, found, sent(request))
    if may(request.user, "stock.write") and form.is_valid() and _decide(request, form):
        return redirect("injections:excursion", pk=found.pk)
    return _page(request, found, form, HoldTooForm(later=holds.written_later(found)))


@requires("stock.write")
@require_http_methods(["GET", "POST"])
def excursion_too(request: HttpRequest, pk: int) -> HttpResponse:
    """Lots that lay there already, although they were written down later."""
    found = _found(request, pk)
    too = HoldTooForm(sent(request), later=holds.written_later(found))
    if too.is_valid():
        lots = list(too.cleaned_data["later"])
        actions.hold_too(excursion=found, lots=lots, by=reader(request))
        messages.success(request, f"On hold too: {', '.join(f'{lot.product}, lot {lot.number}' for lot in lots)}.")
        return redirect("injections:excursion", pk=found.pk)
    return _page(request, found, _deciding(request, found, None), too)


def _found(request: HttpRequest, pk: int) -> Excursion:
    rows = Excursion.objects.for_user(request.user).select_related("location__practice", "reported_by")
    return get_object_or_404(rows, pk=pk)


def _deciding(request: HttpRequest, found: Excursion, data: Any) -> DecideForm:
    by, waiting = reader(request), found.held.filter(end=None).select_related("lot__product", "lot__location")
    return DecideForm(
        data,
        held=waiting,
        colleagues=staffing.colleagues(by).exclude(pk=by.pk),
        controlled=any(controlled(one.lot.product) for one in waiting),
    )


def _page(request: HttpRequest, found: Excursion, form: DecideForm, too: HoldTooForm) -> HttpResponse:
    """The page with both forms: status 422 once one of them was sent and refused."""
    lots = holds.held(found)
    waiting = [one for one in lots if not hasattr(one, "end")]
    context = {
        "form": form,
        "too": too,
        "excursion": found,
        "lots": lots,
        "waiting": waiting,
        "decisions": holds.decisions(lots[len(waiting) :]),
        "given": holds.given(found, request.user),
        "writes": may(request.user, "stock.write"),
    }
    answer = invalid if form.is_bound or too.is_bound else render
    return answer(request, "injections/stock/excursion.html", context)


def _decide(request: HttpRequest, form: DecideForm) -> bool:
    said = {name: value for name, value in form.cleaned_data.items() if name not in ("lots", "every")}
    lots = list(form.cleaned_data["lots"])
    if attempt(form, actions.decide_all, held=lots, by=reader(request), **said) is None:
        return False
    words = HoldEnd.Outcome(said["outcome"]).label.partition(":")[0].lower()
    messages.success(request, f"Written down: {len(lots)} {words}.")
    return True
