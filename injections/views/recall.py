"""A recall: find the lot, stop it with one tap, then reach everybody who got it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from injections.actions import recalls as actions
from injections.audit.capture import EXPORTED, shows_as
from injections.chart.recalled import doses_of
from injections.forms.recall import ContactForm, FindLotForm, StopForm
from injections.models import Recall
from injections.models.audit import Action
from injections.models.recall import Reached
from injections.paper import as_file, printed
from injections.policy import may, requires
from injections.reading import recalled, recalled_paper
from injections.spreadsheet import written
from injections.views.files import csv_file
from injections.views.posting import attempt, reader, sent, show

#: patients on one page; whoever was not called yet stands first
SHOWN = 100


@requires("recall.see")
@require_safe
def recalls(request: HttpRequest) -> HttpResponse:
    found = Recall.objects.for_user(request.user).select_related("product", "stopped_by")
    return render(
        request, "injections/recall/recalls.html", {"recalls": found, "may_stop": may(request.user, "recall.write")}
    )


@requires("recall.write")
@require_http_methods(["GET", "POST"])
def recall_new(request: HttpRequest) -> HttpResponse:
    """First whom it reaches, then one tap that stops it."""
    form = FindLotForm(sent(request), practice_id=reader(request).practice_id)
    if not form.is_valid():
        return show(request, "injections/recall/find.html", {"form": form})
    number, by = form.cleaned_data["lot"], reader(request)
    found = recalled.found(number, by)
    if not found:
        form.add_error("lot", "No drug of this lot lies here, and nobody got it here. Check the number on the label")
        return show(request, "injections/recall/find.html", {"form": form})
    stop = StopForm(found=found, initial={"number": number, "which": recalled.said_by(form.package, found)})
    return render(request, "injections/recall/stop.html", {"form": stop, "number": number, **_reach(found, number, by)})


@requires("recall.write")
@require_POST
def recall_stop(request: HttpRequest) -> HttpResponse:
    by, number = reader(request), request.POST.get("number", "")[:40]
    found = recalled.found(number, by)
    form = StopForm(sent(request), found=found)
    if form.is_valid():
        stopped = attempt(form, actions.stop, by=by, **form.told())
        if stopped is not None:
            messages.success(request, f"Lot {stopped.number} is stopped at every location.")
            return redirect("injections:recall", pk=stopped.pk)
    return show(request, "injections/recall/stop.html", {"form": form, "number": number, **_reach(found, number, by)})


@requires("recall.see")
@require_http_methods(["GET", "POST"])
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Who got it, what is left and where, who has it in hand; and one more try to reach somebody."""
    found, by = _recall(request, pk), reader(request)
    given = recalled.given(found, by)
    everybody = recalled.patients(found, given)
    form = ContactForm(sent(request), patients=everybody)
    if form.is_valid():
        told = attempt(form, actions.contact, recall=found, by=by, **form.cleaned_data)
        if told is not None:
            return redirect("injections:recall", pk=found.pk)
    pages = Paginator(everybody, SHOWN).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "recall": found,
        "pages": pages,
        "people": recalled.reached(found, given, pages),
        "waiting": everybody.exclude(pk__in=found.contacts.values("patient")).count(),
        "shelves": recalled.left(recalled.shelves(found.product, found.number, by, found.labeler)),
        "open_charts": list(recalled.open_charts(found, by)),
        "ways": Reached.choices,
    }
    return show(request, "injections/recall/recall.html", context)


@requires("recall.see")
@shows_as(EXPORTED)
@require_safe
def recall_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The call list as a table."""
    found = _recall(request, pk)
    rows = recalled_paper.as_rows(recalled.reached(found, recalled.given(found, reader(request))))
    return csv_file(written(recalled_paper.COLUMNS, rows), "recall-call-list")


@requires("recall.see")
@shows_as(Action.PRINTED)
@require_safe
def recall_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter for each patient, to print and post."""
    found, by = _recall(request, pk), reader(request)
    told = recalled_paper.letters(found, recalled.reached(found, recalled.given(found, by)), by, timezone.localdate())
    return as_file(printed("letters", told), "recall-letters")


def _recall(request: HttpRequest, pk: int) -> Recall:
    return get_object_or_404(Recall.objects.for_user(request.user).select_related("product", "stopped_by"), pk=pk)


def _reach(found: list[recalled.Found], number: str, by: Any) -> dict[str, Any]:
    """Numbers only: nobody is named before the lot is stopped."""
    products = [one.product for one in found if not one.labeler]
    return {
        "patients": sum(
            doses_of(product, number, by).values("encounter__patient").order_by().distinct().count()
            for product in products
        ),
        "shelves": [one for product in products for one in recalled.left(recalled.shelves(product, number, by))],
    }
