"""Ordering: first the drug, then the dose and how often; signing and stopping an order."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from injections.actions import orders as actions
from injections.actions.errors import Refused
from injections.actions.order_requests import needs_the_practitioner
from injections.actions.pauses import may_let_go_on
from injections.actions.proving import NotProved
from injections.chart import product_fact
from injections.chart.due import next_dose
from injections.findings import Finding
from injections.forms.base import Problem, invalid
from injections.forms.order import DrugForm, OrderForm
from injections.models import Order, Patient, Product, Staff
from injections.models.order import OrderKind
from injections.models.staff import Role
from injections.policy import may, requires
from injections.reading import ordering, orders, runs_out
from injections.reading.colleagues import colleagues
from injections.reading.drug import hints
from injections.reading.series import loading_doses, which_dose
from injections.views.open import begin_dose, visit_of
from injections.views.patient import patient_of
from injections.views.place import here
from injections.views.posting import attempt, number_of, reader, sent, show
from injections.views.proof import problems_to_sign, shown_to_sign, signs_with

WALK_IN = "walk-in"
SAID = (
    *("route", "every_days", "doses_planned", "early_days", "late_days", "loading"),
    *("diagnoses", "reason", "starts_on", "expires_on"),
)


@requires("order.spoken")
@require_http_methods(["GET", "POST"])
def order_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Which drug? A name that means one drug goes on at once; one that means several is asked about."""
    patient = patient_of(request, pk)
    form = DrugForm(sent(request))
    found = drugs_meant(form)
    if len(found) == 1:
        return redirect(_details_of(request, patient, found[0]))
    context = {
        "form": form,
        "patient": patient,
        "found": found,
        "usual": ordering.most_ordered(reader(request)),
        "drugs": ordering.drugs(),
        "then": _then(request),
        "visit": visit_of(request, pk),
    }
    return show(request, "injections/order/drug.html", context)


def drugs_meant(form: DrugForm) -> list[Product]:
    """The drugs of the name that was typed; unless it is one, the form says so."""
    found = ordering.named(form.cleaned_data["drug"]) if form.is_valid() else []
    if form.is_valid() and len(found) != 1:
        none = "No drug here has this name. Try the generic name"
        form.add_error("drug", "Several drugs have this name. Choose one" if found else none)
    return found


@requires("order.spoken")
@require_http_methods(["GET", "POST"])
def order_details(request: HttpRequest, pk: int, drug: int) -> HttpResponse:
    """The order itself. Warnings of the checks are shown once and must be answered before it is placed."""
    patient, by = patient_of(request, pk), reader(request)
    product = get_object_or_404(ordering.drugs(), pk=drug)
    about, spoken = product_fact(product), not may(by, "order.write")
    form = OrderForm(sent(request), product=about, spoken=spoken, physicians=_physicians(by))
    warnings: list[Finding] = []
    unproved: dict[str, str] = {}
    if form.is_valid():
        said = form.cleaned_data
        warnings = list(ordering.warnings(patient, about, form.amounts, said["route"], said["starts_on"]))
        if not warnings or request.POST.get("sure") == _digest(warnings):
            proof, unproved = (None, {}) if spoken else shown_to_sign(request)
            placed = _place(form, unproved, **_as_placed(form, patient, product, by), proof=proof)
            if placed is not None:
                return _after(request, placed)
    context = {
        "form": form,
        "patient": patient,
        "product": product,
        "hints": hints(about),
        "unconfirmed": ordering.unconfirmed(about),
        "warnings": warnings,
        "digest": _digest(warnings),
        "spoken": spoken,
        "then": _then(request),
        "visit": visit_of(request, pk),
        **signs_with(request, unproved),
        "problems": problems_to_sign(unproved),
    }
    if warnings and not unproved:
        context["problems"] = [Problem("id_sure", "Read the warning, and say so if you order it all the same")]
    return show(request, "injections/order/new.html", context)


def _place(form: OrderForm, unproved: dict[str, str], **as_placed: Any) -> Order | None:
    """The order; ``None`` when it was refused, which the form tells, or not proved, which the fields of the proof tell.

    What was placed under the same key before needs no second proof.
    """
    try:
        return attempt(form, actions.place, **as_placed)
    except NotProved as refused:
        unproved |= refused.errors | unproved
        return None


def _as_placed(form: OrderForm, patient: Patient, product: Product, by: Staff) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "patient": patient,
        "product": product,
        "by": by,
        "dose": form.quantity,
        "kind": OrderKind.SPOKEN if form.spoken else OrderKind(said["kind"]),
        "ordered_by": said["ordered_by"] if form.spoken else by,
        "submission_key": said["submission_key"],
        **{name: said[name] for name in SAID if name in said},
    }


def _after(request: HttpRequest, placed: Order) -> HttpResponse:
    if placed.signed_at is None:
        messages.success(request, f"The order waits for {placed.ordered_by.short_name} to sign it.")
    else:
        messages.success(request, "The order is signed.")
    visit = visit_of(request, placed.patient_id)
    if visit is not None and may(request.user, "chart.write"):
        return begin_dose(request, visit, placed)
    if _then(request):
        return redirect("injections:walk_in_for", pk=placed.patient_id)
    return redirect("injections:order", pk=placed.pk)


def _digest(warnings: list[Finding]) -> str:
    """What must come back to show that these very warnings were read."""
    said = "\n".join(f"{warning.rule} {warning.because}" for warning in warnings)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _then(request: HttpRequest) -> str:
    """Where the order leads: into the visit, or back to the walk-in, that it was needed for."""
    visit = number_of(request.GET.get("visit", ""))
    if visit is not None:
        return urlencode({"visit": visit})
    return urlencode({"then": WALK_IN}) if request.GET.get("then") == WALK_IN else ""


def _details_of(request: HttpRequest, patient: Patient, product: Product) -> str:
    address = reverse("injections:order_details", args=[patient.pk, product.pk])
    return f"{address}?{then}" if (then := _then(request)) else address


def _physicians(by: Staff) -> QuerySet[Staff]:
    return colleagues(by).filter(role=Role.PHYSICIAN, is_active=True)


# --- one order ---


def _order_of(request: HttpRequest, pk: int) -> Order:
    return get_object_or_404(orders.with_doses(Order.objects.for_user(request.user)), pk=pk)


@requires("patient.see")
@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "injections/order/order.html", _page(request, _order_of(request, pk)))


def order_page(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the page of an order shows."""
    return _page(request, _order_of(request, pk))


def _page(request: HttpRequest, shown: Order) -> dict[str, Any]:
    by, place, due = reader(request), here(request), next_dose(shown)
    stuck = needs_the_practitioner(shown)
    goes_on = shown.stopped_on is None and not orders.used_up(shown)
    waits = shown.waits_on(timezone.localdate()) if goes_on else None
    return {
        "order": shown,
        "patient": shown.patient,
        "state": orders.state_of(shown),
        "doses": shown.administrations.filter(superseded_by__isnull=True).select_related("encounter"),
        "next": due,
        "which": which_dose(shown, due.number) if due else "",
        "loads": loading_doses(shown),
        "may_sign": by == shown.ordered_by and shown.signed_at is None and shown.stopped_on is None,
        "asked": shown.requests.filter(answered_at=None).select_related("asked_by", "asked_of").first(),
        "may_ask": may(by, "order.spoken") and stuck and by != shown.ordered_by,
        "may_renew": by == shown.ordered_by and stuck and shown.signed_at is not None and waits is None,
        "runs_out": runs_out.first_of(shown, place) if place and goes_on else [],
        "may_stop": may(by, "order.write") and goes_on,
        "may_pause": may(by, "order.pause") and goes_on,
        "waits": waits,
        "may_go_on": waits is not None and may_let_go_on(by, waits),
        "may_book": may(by, "appointment.write") and goes_on,
        **signs_with(request),
    }


@requires("order.write")
@require_POST
def order_sign(request: HttpRequest, pk: int) -> HttpResponse:
    proof, unproved = shown_to_sign(request)
    try:
        return _done(request, pk, actions.sign, "The order is signed.", proof=proof)
    except NotProved as refused:
        errors = refused.errors | unproved
        context = _page(request, _order_of(request, pk)) | signs_with(request, errors)
        return invalid(request, "injections/order/order.html", context | {"problems": problems_to_sign(errors)})


@requires("order.write")
@require_POST
def order_stop(request: HttpRequest, pk: int) -> HttpResponse:
    why = {"reason": request.POST.get("reason", "").strip()}
    return _done(request, pk, actions.stop, "The order is stopped. Nothing more is given on it.", **why)


def _done(request: HttpRequest, pk: int, action: Any, told: str, **more: Any) -> HttpResponse:
    """Sign or stop, and show the order as it stands then."""
    shown = _order_of(request, pk)
    try:
        action(order=shown, by=reader(request), **more)
        messages.success(request, told)
    except NotProved:
        raise
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
    return redirect("injections:order", pk=shown.pk)
