"""What is on the shelves, and putting a lot there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import stock as actions
from injections.forms.stock import ReceiveForm
from injections.models import Location, Lot
from injections.policy import may, requires
from injections.reading import shelf
from injections.views.place import here
from injections.views.posting import attempt, reader, sent, show

#: what the form and the action call by the same name
RECEIVED = ("location", "package", "number", "expires_on", "containers", "source", "submission_key")


@requires("stock.see")
@require_safe
def stock(request: HttpRequest) -> HttpResponse:
    context = {"shelves": list(shelf.shelves(request.user)), "may_receive": may(request.user, "stock.write")}
    return render(request, "injections/stock/stock.html", context)


@requires("stock.write")
@require_http_methods(["GET", "POST"])
def stock_receive(request: HttpRequest) -> HttpResponse:
    form = ReceiveForm(
        sent(request), locations=Location.objects.for_user(request.user), initial={"location": here(request)}
    )
    if form.is_valid() and _receive(request, form):
        return redirect("injections:stock_receive" if "another" in request.POST else "injections:stock")
    return show(request, "injections/stock/receive.html", {"form": form})


def _receive(request: HttpRequest, form: ReceiveForm) -> bool:
    """Put it on the shelf, once however often it is sent."""
    said = form.cleaned_data
    lot: Lot | None = attempt(
        form,
        actions.receive,
        by=reader(request),
        product=said["package"].product,
        **{name: said[name] for name in RECEIVED},
    )
    if lot is None:
        return False
    messages.success(request, f"Received: {said['containers']} × {lot.product}, lot {lot.number}.")
    return True
