"""An order that waits until a day, from its page and back to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from injections.actions import pauses
from injections.actions.errors import Refused
from injections.forms.order_pause import OrderPauseForm
from injections.models import Order
from injections.policy import requires
from injections.reading.orders import in_words
from injections.templatetags.words import full_day
from injections.views.posting import attempt, reader, sent, show


def _order_of(request: HttpRequest, pk: int) -> Order:
    found = Order.objects.for_user(request.user).select_related("patient", "product", "pause")
    return get_object_or_404(found, pk=pk)


@requires("order.pause")
@require_http_methods(["GET", "POST"])
def order_pause(request: HttpRequest, pk: int) -> HttpResponse:
    order, form = _order_of(request, pk), OrderPauseForm(sent(request))
    if form.is_valid():
        said = attempt(form, pauses.pause, order=order, by=reader(request), **form.cleaned_data)
        if said is not None:
            messages.success(request, f"The order waits. Nothing is given on it before {full_day(said.until)}.")
            return redirect("injections:order", pk=order.pk)
    context = {"form": form, "order": order, "patient": order.patient, "said": in_words(order)}
    return show(request, "injections/order/pause.html", context)


@requires("order.pause")
@require_POST
def order_go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: whoever may say so looks at the order and its reason while tapping."""
    order = _order_of(request, pk)
    try:
        if pauses.go_on(order=order, by=reader(request)) is not None:
            messages.success(request, "The order goes on. It may be given from today.")
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
    return redirect("injections:order", pk=order.pk)
