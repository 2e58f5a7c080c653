"""An order that cannot be given as it stands: ask its practitioner with one tap; they sign it, or renew it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from injections.actions import order_requests as actions
from injections.actions.errors import Refused
from injections.actions.proving import NotProved
from injections.forms.base import invalid
from injections.models import Order
from injections.policy import requires
from injections.views.order import order_page
from injections.views.posting import reader
from injections.views.proof import problems_to_sign, shown_to_sign, signs_with


@requires("order.spoken")
@require_POST
def order_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to where the tap was: the list goes on."""
    order = get_object_or_404(Order.objects.for_user(request.user), pk=pk)
    try:
        asked = actions.ask(order=order, by=reader(request))
        messages.success(request, f"{asked.asked_of.short_name} is asked. It stands first in their queue.")
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back) if ours else redirect("injections:order", pk=order.pk)


@requires("order.write")
@require_POST
def order_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """The same order for another year, from its next dose on."""
    order = get_object_or_404(Order.objects.for_user(request.user), pk=pk)
    proof, unproved = shown_to_sign(request)
    try:
        renewed = actions.renew(order=order, by=reader(request), proof=proof)
    except NotProved as refused:
        errors = refused.errors | unproved
        context = order_page(request, order.pk) | signs_with(request, errors)
        return invalid(request, "injections/order/order.html", context | {"problems": problems_to_sign(errors)})
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
        return redirect("injections:order", pk=order.pk)
    messages.success(request, "The order is renewed and signed. Today's appointment goes with it.")
    return redirect("injections:order", pk=renewed.pk)
