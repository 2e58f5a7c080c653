"""An opened vial: opening one by hand, where its content went, and throwing the rest away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from injections.actions import vials as actions
from injections.actions.errors import Refused
from injections.actions.stock import controlled
from injections.forms.vial import DiscardForm
from injections.models import Lot, OpenedVial
from injections.policy import may, requires
from injections.reading import staffing
from injections.reading.opened import Opened
from injections.views.posting import attempt, key_of, reader, sent, show

PAST = "Past its use date"


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
    rows = OpenedVial.objects.for_user(request.user).filter(use_by__isnull=False)
    rows = rows.select_related("lot__product", "lot__package", "lot__location", "opened_by")
    found, by, today = get_object_or_404(rows, pk=pk), reader(request), timezone.localdate()
    form = DiscardForm(
        sent(request),
        colleagues=staffing.colleagues(by).exclude(pk=by.pk),
        controlled=controlled(found.lot.product),
        initial={"note": PAST if found.use_by and found.use_by < today else ""},
    )
    if may(by, "stock.write") and form.is_valid():
        thrown = attempt(form, actions.discard, vial=found, by=by, **form.cleaned_data)
        if thrown is not None:
            messages.success(request, "Written down: the rest of this vial is thrown away.")
            return redirect("injections:lot", pk=found.lot_id)
    opened = Opened(found, found.lot)
    moves = found.moves.select_related("moved_by", "witness", "administration")
    context = {
        "form": form,
        "lot": found.lot,
        "opened": opened,
        "state": opened.state(today),
        "moves": [(move, opened.amount(move.amount)) for move in moves],
        "writes": may(by, "stock.write"),
    }
    return show(request, "injections/stock/vial.html", context)
