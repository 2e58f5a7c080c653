"""Signing a dose, and taking it back within a minute."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from injections.actions import drafts, signing, stock
from injections.actions.errors import NotYours, Refused, StaleDraft
from injections.actions.proving import NotProved
from injections.forms.base import invalid
from injections.forms.withdraw import AddendumForm, WithdrawForm
from injections.models import Administration, AdministrationDraft
from injections.policy import requires
from injections.reading.visit import next_at_visit
from injections.views.chart import dose_page, problems, visit_page
from injections.views.draft import address_of, conflict, fresh
from injections.views.drafts import Saved, encounter_of, merge
from injections.views.gone import draft_or_gone, signed_by_this_page
from injections.views.posting import reader
from injections.views.proof import problems_to_sign, shown_to_sign, signs_with


@requires("chart.sign")
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is on the page and sign it. A second tap answers with the same record."""
    already = signed_by_this_page(request)
    if already is not None:
        return _signed(request, already)
    draft = draft_or_gone(request, pk)
    if isinstance(draft, HttpResponse):
        return draft
    saved = merge(request, draft)
    if saved.refused is not None:
        return conflict(request, saved)
    reason = saved.draft.entries.get("correction_reason", "")
    if draft.corrects_id and not reason:
        saved.errors["correction_reason"] = "Say why the record is corrected"
    if saved.errors:
        return _refused(request, saved)
    proof, unproved = shown_to_sign(request)
    try:
        dose = signing.sign(draft=saved.draft, by=reader(request), proof=proof, reason=reason)
    except (StaleDraft, NotYours) as problem:
        saved.refused = problem
        return conflict(request, saved)
    except Refused as refused:
        saved.errors |= refused.errors | unproved
        return _refused(request, saved)
    _tell_of_the_shelf(request, dose)
    return _signed(request, dose)


def _tell_of_the_shelf(request: HttpRequest, dose: Administration) -> None:
    """Care comes before counting: the dose is signed, and whoever found less than we counted is told."""
    for move in dose.stock_moves.filter(note=stock.SHORT).select_related("lot"):
        gone = f"By our count, lot {move.lot.number} was used up before this dose."
        messages.warning(request, f"{gone} Your record is signed; count the shelf.")


def _signed(request: HttpRequest, dose: Administration) -> HttpResponse:
    """On to the next dose of the same visit, where one is due; else the visit with what was signed."""
    asked, by = f"signed={dose.pk}", reader(request)
    order = next_at_visit(dose.encounter, by)
    if order is None or dose.supersedes_id is not None:
        return redirect(f"{reverse('injections:chart', args=[dose.encounter_id])}?{asked}")
    draft = drafts.start(encounter=dose.encounter, order=order, by=by)
    return redirect(f"{address_of(draft)}&{asked}")


def _refused(request: HttpRequest, saved: Saved) -> HttpResponse:
    """One line for each thing that is left, in the order of the page, each leading to its control."""
    draft: AdministrationDraft = fresh(request, saved)
    context = dose_page(request, draft, saved)
    return invalid(request, "injections/chart/chart.html", context | {"problems": problems(context), "refused": True})


@requires("chart.sign")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Within a minute, by the person who signed: entered in error, with the stock put back."""
    dose = get_object_or_404(Administration.objects.for_user(request.user), pk=pk)
    by = reader(request)
    try:
        signing.enter_in_error(administration=dose, by=by, proof=None)
    except Refused as refused:
        messages.error(
            request, f"{refused.message}. The minute for undoing has passed: correct or withdraw the record instead."
        )
        return redirect("injections:chart", pk=dose.encounter_id)
    messages.success(request, "Undone: marked as entered in error, and the vial is back in stock. Your chart is here.")
    return redirect(address_of(drafts.start_again(administration=dose, by=by)))


@requires("chart.sign")
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that will replace a signed dose and show both."""
    dose = get_object_or_404(Administration.objects.for_user(request.user), pk=pk)
    try:
        form = AddendumForm(request.POST)
        added = form.cleaned_data["addendum"] if form.is_valid() else ""
        if "addendum" in request.POST and not added:
            raise Refused("Write what to add")
        return redirect(address_of(drafts.start_correction(administration=dose, by=reader(request), addendum=added)))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
        return redirect("injections:chart", pk=dose.encounter_id)


@requires("chart.sign")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The record should not exist: marked as entered in error, with the reason, and still readable."""
    dose = get_object_or_404(Administration.objects.for_user(request.user), pk=pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _not_withdrawn(request, dose, form)
    proof, unproved = shown_to_sign(request)
    reason = form.cleaned_data["reason"]
    try:
        signing.enter_in_error(administration=dose, by=reader(request), proof=proof, reason=reason)
        messages.success(request, "Marked as entered in error. The record stays readable in the note.")
    except NotProved as refused:
        return _not_withdrawn(request, dose, form, refused.errors | unproved)
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
    return redirect("injections:chart", pk=dose.encounter_id)


def _not_withdrawn(
    request: HttpRequest, dose: Administration, form: WithdrawForm, unproved: dict[str, str] | None = None
) -> HttpResponse:
    """The visit with what was typed and what is wrong with it."""
    context = visit_page(request, encounter_of(request, dose.encounter_id)) | signs_with(request, unproved)
    context |= {"form": form, "withdrawing": dose.pk, "problems": problems_to_sign(unproved)}
    return invalid(request, "injections/chart/visit.html", context)
