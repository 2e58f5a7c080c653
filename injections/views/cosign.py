"""Co-signing: the queue on the left, the record on the right, what differs on top."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from injections.actions import cosigning as actions
from injections.actions.errors import Refused
from injections.actions.proving import NotProved
from injections.chart import signed_fact
from injections.facts import known
from injections.forms.base import Problem, invalid
from injections.forms.cosign import ReturnForm
from injections.models import Administration
from injections.policy import requires
from injections.reading import cosigning as reading
from injections.templatetags.words import site_of
from injections.views.posting import attempt, reader
from injections.views.proof import problems_to_sign, shown_to_sign, signs_with

PAGE = "injections/cosign/cosign.html"


@requires("chart.cosign")
@require_safe
def cosign(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The oldest record, or the one that was chosen."""
    context = _page(request, pk)
    if pk is not None and context["current"] is None:
        return redirect("injections:cosign")
    return render(request, PAGE, context)


def _page(request: HttpRequest, pk: int | None) -> dict[str, Any]:
    by = reader(request)
    queue = reading.queue(by)
    chosen = [row for row in queue if row.dose.pk == pk] if pk is not None else queue[:1]
    current = chosen[0] if chosen else None
    return {
        "queue": queue,
        "overdue": sum(row.overdue for row in queue),
        "clean": [row for row in queue if row.clean],
        "current": current,
        "orders": reading.unsigned_orders(by),
        "asked_now": list(reading.asked_of(by)),
        "signed_today": reading.signed_today(by),
        "asked_of_me": reading.open_questions(by),
        "form": ReturnForm(),
        **signs_with(request),
        **(_record(current.dose) if current else {}),
    }


def _record(dose: Administration) -> dict[str, Any]:
    """The record in hand, as it was signed."""
    fact = signed_fact(dose)
    return {
        "dose": dose,
        "site": site_of(dose),
        "supervision": known(fact.supervision),
        "services": dose.encounter.services.filter(withdrawn_at__isnull=True),
        "asked": dose.questions.select_related("asked_of", "answered_by"),
        "signature": dose.signatures.first(),
    }


@requires("chart.cosign")
@require_POST
def cosign_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree, and go on to the next. A record that a colleague took meanwhile is told by name."""
    dose, by = _dose(request, pk), reader(request)
    following = reading.after(reading.queue(by), pk)
    proof, unproved = shown_to_sign(request)
    try:
        actions.cosign(administration=dose, by=by, proof=proof)
        messages.success(request, f"Co-signed for {dose.encounter.patient.spoken_name}.")
    except NotProved as refused:
        return _unproved(request, pk, refused.errors | unproved)
    except Refused as refused:
        messages.warning(request, f"{refused.message}.")
    return redirect("injections:cosign_one", pk=following) if following else redirect("injections:cosign")


def _unproved(request: HttpRequest, pk: int | None, errors: dict[str, str], at: str = "") -> HttpResponse:
    """The same record, and what to do about the proof; nothing is signed."""
    context = _page(request, pk) | signs_with(request, errors) | {"proof_at": at}
    problems = [Problem(f"{problem.target}{at}", problem.text) for problem in problems_to_sign(errors)]
    return invalid(request, PAGE, context | {"problems": problems})


@requires("chart.cosign")
@require_POST
def cosign_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back with a question. It stays in the queue."""
    dose, by = _dose(request, pk), reader(request)
    form = ReturnForm(request.POST)
    if form.is_valid():
        asked = attempt(form, actions.return_with_question, administration=dose, by=by, **form.cleaned_data)
        if asked is not None:
            messages.success(request, f"Your question went to {asked.asked_of.short_name}.")
            following = reading.after(reading.queue(by), pk)
            return redirect("injections:cosign_one", pk=following) if following else redirect("injections:cosign")
    context = _page(request, pk)
    return (
        redirect("injections:cosign")
        if context["current"] is None
        else invalid(request, PAGE, context | {"form": form})
    )


@requires("chart.cosign")
@require_POST
def cosign_clean(request: HttpRequest) -> HttpResponse:
    """Those that were on the page and are still clean: each is signed by itself."""
    by = reader(request)
    shown = {int(pk) for pk in request.POST.getlist("dose") if pk.isascii() and pk.isdigit() and len(pk) < 19}
    doses = [row.dose for row in reading.queue(by) if row.clean and row.dose.pk in shown]
    proof, unproved = shown_to_sign(request)
    try:
        signed = actions.cosign_clean(administrations=doses, by=by, proof=proof)
        messages.success(request, f"Co-signed {len(signed)} record{'' if len(signed) == 1 else 's'}.")
    except NotProved as refused:
        return _unproved(request, None, refused.errors | unproved, at="_clean")
    except Refused as refused:
        messages.warning(request, f"{refused.message}.")
    return redirect("injections:cosign")


def _dose(request: HttpRequest, pk: int) -> Administration:
    mine = Administration.objects.for_user(request.user)
    return get_object_or_404(mine.select_related("encounter__patient", "given_by", "charted_by"), pk=pk)
