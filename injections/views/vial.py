"""An opened vial: opening one by hand, where its content went, throwing the rest away, bringing it elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from injections.actions import arriving
from injections.actions import vials as actions
from injections.actions.errors import Refused
from injections.actions.stock import controlled
from injections.forms.base import invalid
from injections.forms.vial import BringForm, DiscardForm
from injections.models import Location, Lot, OpenedVial
from injections.policy import may, requires
from injections.reading import staffing
from injections.reading.opened import Opened
from injections.views.posting import attempt, key_of, reader, sent

PAST = "Past its use date"
PAGE = "injections/stock/vial.html"


@requires("stock.write")
@require_POST
def vial_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one vial of this lot into use: one tap."""
    lot = get_object_or_404(Lot.objects.for_user(request.user).select_related("package"), pk=pk)
    try:
        opened = actions.open_by_hand(lot=lot, by=reader(request), submission_key=key_of(request))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
        return redirect("injections:lot", pk=lot.pk)
    messages.success(request, f"Write on the vial: {Opened(opened, lot).words}.")
    return redirect("injections:lot", pk=lot.pk)


@requires("stock.see")
@require_http_methods(["GET", "POST"])
def vial(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _found(request, pk), reader(request)
    form = _discarding(request, found, sent(request))
    if may(by, "stock.write") and form.is_valid():
        thrown = attempt(form, actions.discard, vial=found, by=by, **form.cleaned_data)
        if thrown is not None:
            messages.success(request, "Written down: the rest of this vial is thrown away.")
            return redirect("injections:lot", pk=found.lot_id)
    return _page(request, found, form, _bringing(request, found, None))


@requires("stock.write")
@require_http_methods(["GET", "POST"])
def vial_bring(request: HttpRequest, pk: int) -> HttpResponse:
    """What is left goes to another location: two taps."""
    found = _found(request, pk)
    form = _bringing(request, found, sent(request))
    if form.is_valid():
        there = attempt(form, arriving.bring, vial=found, by=reader(request), **form.cleaned_data)
        if there is not None:
            said = f"{Opened(there, there.lot).left} of this vial stand at {there.lot.location.name} now."
            messages.success(request, f"{said} Its use date stays.")
            return redirect("injections:vial", pk=there.pk)
    return _page(request, found, _discarding(request, found, None), form)


def _found(request: HttpRequest, pk: int) -> OpenedVial:
    rows = OpenedVial.objects.for_user(request.user).filter(use_by__isnull=False)
    related = ("lot__product", "lot__package", "lot__location", "opened_by", "went_to__lot__location")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _discarding(request: HttpRequest, found: OpenedVial, data: Any) -> DiscardForm:
    by, today = reader(request), timezone.localdate()
    return DiscardForm(
        data,
        colleagues=staffing.colleagues(by).exclude(pk=by.pk),
        controlled=controlled(found.lot.product),
        initial={"note": PAST if found.use_by and found.use_by < today else ""},
    )


def _bringing(request: HttpRequest, found: OpenedVial, data: Any) -> BringForm:
    return BringForm(data, locations=Location.objects.for_user(request.user).exclude(pk=found.lot.location_id))


def _page(request: HttpRequest, found: OpenedVial, form: DiscardForm, bring: BringForm) -> HttpResponse:
    """The page with both forms: status 422 once one of them was sent and refused."""
    opened = Opened(found, found.lot)
    moves = found.moves.select_related("moved_by", "witness", "administration")
    context = {
        "form": form,
        "bring": bring,
        "lot": found.lot,
        "opened": opened,
        "state": opened.state(timezone.localdate()),
        "moves": [(move, opened.amount(abs(move.amount))) for move in moves],
        "writes": may(request.user, "stock.write"),
    }
    answer = invalid if form.is_bound or bring.is_bound else render
    return answer(request, PAGE, context)
