"""Standing orders of the practice: listed, signed, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import standing_orders as actions
from injections.actions.proving import NotProved
from injections.chart import product_fact
from injections.forms.order import DrugForm
from injections.forms.standing_order import StandingOrderEndForm, StandingOrderForm
from injections.models import StandingOrder
from injections.policy import may, requires
from injections.reading import ordering
from injections.reading import standing_orders as reading
from injections.reading.drug import hints
from injections.views.order import drugs_meant
from injections.views.posting import attempt, number_of, reader, sent, show
from injections.views.proof import problems_to_sign, shown_to_sign, signs_with


@requires("patient.see")
@require_safe
def standing_orders(request: HttpRequest) -> HttpResponse:
    rows = reading.listed(request.user, timezone.localdate())
    context = {"rows": rows, "signs": may(request.user, "order.write")}
    return render(request, "injections/standing_order/list.html", context)


@requires("order.write")
@require_http_methods(["GET", "POST"])
def standing_order_new(request: HttpRequest) -> HttpResponse:
    """Which drug? A name that means one drug goes on at once."""
    form = DrugForm(sent(request))
    found = drugs_meant(form)
    if len(found) == 1:
        return redirect("injections:standing_order_details", drug=found[0].pk)
    context = {"form": form, "found": found, "drugs": ordering.drugs()}
    return show(request, "injections/standing_order/drug.html", context)


@requires("order.write")
@require_http_methods(["GET", "POST"])
def standing_order_details(request: HttpRequest, drug: int) -> HttpResponse:
    """What is signed, with the proof of whoever signs it."""
    by, product = reader(request), get_object_or_404(ordering.drugs(), pk=drug)
    about = product_fact(product)
    states = actions.states_of(by.practice, timezone.localdate()) if by.practice else []
    form = StandingOrderForm(sent(request), product=about, states=states, like=_earlier(request))
    unproved: dict[str, str] = {}
    if form.is_valid():
        proof, unproved = shown_to_sign(request)
        made = _sign(form, unproved, product=product, by=by, proof=proof, **form.as_said)
        if made is not None:
            messages.success(request, f"{made} is signed.")
            return redirect("injections:standing_orders")
    context = {
        "form": form,
        "product": product,
        "hints": hints(about),
        "unconfirmed": ordering.unconfirmed(about),
        "limits": reading.limited(states),
        **signs_with(request, unproved),
        "problems": problems_to_sign(unproved),
    }
    return show(request, "injections/standing_order/new.html", context)


def _earlier(request: HttpRequest) -> StandingOrder | None:
    """The one that is signed anew, where the page was opened from it."""
    asked = number_of(request.GET.get("like", ""))
    return reading.here(request.user).filter(pk=asked).first() if asked is not None else None


def _sign(form: StandingOrderForm, unproved: dict[str, str], **said: Any) -> StandingOrder | None:
    """What was signed; ``None`` when it was refused, which the form tells, or not proved."""
    try:
        return attempt(form, actions.sign, **said)
    except NotProved as refused:
        unproved |= refused.errors | unproved
        return None


@requires("order.write")
@require_http_methods(["GET", "POST"])
def standing_order_end(request: HttpRequest, pk: int) -> HttpResponse:
    mine = reading.here(request.user)
    if request.method != "POST":  # sent twice, it has ended by the second time
        mine = mine.filter(end__isnull=True)
    protocol = get_object_or_404(mine, pk=pk)
    form = StandingOrderEndForm(sent(request))
    by = reader(request)
    if form.is_valid() and attempt(form, actions.end, protocol=protocol, by=by, **form.cleaned_data) is not None:
        messages.success(request, f"{protocol} has ended. Nothing more is given under it.")
        return redirect("injections:standing_orders")
    return show(request, "injections/standing_order/end.html", {"form": form, "protocol": protocol})
