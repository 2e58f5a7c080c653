"""What would change: the replays of the practice, a new one, and the answer in hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from billing.actions import replaying
from billing.forms.replay import MOST_CHANGES, ChangeForm, ReplayForm, draft_of
from billing.loading.rows import read_payers
from billing.models import ReplayRun
from billing.reference.demands import DEMANDS
from billing.tasks import sweep_replays
from billing.views import replayed
from injections.audit.capture import EXPORTED, shows_as
from injections.audit.noting import note_patients
from injections.forms.base import invalid
from injections.marks import polls
from injections.policy import requires
from injections.views.files import csv_file
from injections.views.posting import key_of

ROWS = 25
NEW = "billing/replay/new.html"


@requires("charges.replay")
def replays(request: HttpRequest) -> HttpResponse:
    """What was asked, newest first."""
    runs = ReplayRun.objects.for_user(request.user).select_related("by")
    page = Paginator(runs, ROWS).get_page(request.GET.get("page"))
    rows = [(run, replayed.state(run), replayed.summary(run)) for run in page]
    return render(request, "billing/replay/list.html", {"page": page, "rows": rows})


@requires("charges.replay")
def new(request: HttpRequest) -> HttpResponse:
    """Pick what would change, or write it, and ask."""
    if request.method == "POST":
        return _ask(request)
    asked = {"payer": request.GET.get("payer", ""), "demand": request.GET.get("demand", "")}
    context = _forms(request, None, 1, ReplayForm(initial={"since": _first_day()}), asked)
    return render(request, NEW, {**context, "submission_key": uuid4()})


def _ask(request: HttpRequest) -> HttpResponse:
    key = key_of(request) or uuid4()
    count = min(max(len([name for name in request.POST if name.endswith("-demand")]), 1), MOST_CHANGES)
    if "more" in request.POST:
        context = _forms(request, request.POST, count, ReplayForm(initial=request.POST.dict()), {}, more=True)
        return render(request, NEW, {**context, "submission_key": key})
    context = _forms(request, request.POST, count, ReplayForm(request.POST, request.FILES), {})
    form, changes = context["form"], context["changes"]
    draft = ""
    if all([form.is_valid(), *(change.is_valid() for change in changes)]):
        draft = draft_of(form, changes, request.user.practice_id)  # type: ignore[union-attr, arg-type]  # the view admits signed-in staff only
    if form.errors or any(change.errors for change in changes):
        told = {f"change_{number}": change for number, change in enumerate(changes)}
        return invalid(request, NEW, {**context, **told, "submission_key": key})
    title = replayed.title(draft, payers(request))
    said: dict[str, Any] = {"since": form.cleaned_data["since"], "title": title, "draft": draft}
    run = replaying.begin(by=request.user, submission_key=key, **said)
    transaction.on_commit(lambda: sweep_replays.apply_async(retry=False), robust=True)
    return redirect("billing:replay", run.pk)


def _forms(
    request: HttpRequest, data: Any, count: int, form: ReplayForm, asked: dict[str, str], *, more: bool = False
) -> dict[str, Any]:
    """The page's forms. With ``more`` nothing is checked yet and there is one empty row more."""
    named = list(payers(request).items())
    if more:
        changes = [ChangeForm(payers=named, prefix=f"change-{n}", initial=_typed(data, n)) for n in range(count)]
        changes += [ChangeForm(payers=named, prefix=f"change-{count}")] if count < MOST_CHANGES else []
    else:
        changes = [ChangeForm(data, payers=named, prefix=f"change-{n}", initial=asked or None) for n in range(count)]
    return {"form": form, "changes": changes, "may_add": len(changes) < MOST_CHANGES}


def _typed(data: Any, number: int) -> dict[str, str]:
    prefix = f"change-{number}-"
    return {name.removeprefix(prefix): data[name] for name in data if name.startswith(prefix)}


@requires("charges.replay")
def value(request: HttpRequest) -> HttpResponse:
    """The field for the answer to a demand, in the shape that fits it."""
    prefix = next((name.removesuffix("-demand") for name in request.GET if name.endswith("-demand")), "")
    if request.GET.get(f"{prefix}-demand", "") not in ["", *DEMANDS] or not prefix.removeprefix("change-").isdigit():
        raise Http404
    form = ChangeForm(payers=[], prefix=prefix, initial={"demand": request.GET[f"{prefix}-demand"]})
    return render(request, "billing/replay/_value.html", {"change": form})


@requires("charges.replay")
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, and when it is done what would move."""
    run = mine(request, pk)
    return render(request, "billing/replay/run.html", replayed.shown(run, request.GET, payers(request), request.user))


@polls
@requires("charges.replay")
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page asks by itself until the answer is there; then it shows itself anew."""
    run = mine(request, pk)
    answer = render(request, "billing/replay/_progress.html", {"run": run, "progress": replayed.progress(run)})
    if not run.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@requires("charges.replay")
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it; what is known so far stays."""
    run = mine(request, pk)
    if replaying.cancel(run):
        messages.success(request, "Stopped. What is known so far stays here.")
    return redirect("billing:replay", run.pk)


@requires("charges.replay")
@shows_as(EXPORTED)
def table(request: HttpRequest, pk: int) -> Any:
    """Every line that would move, as CSV. Its patients are noted here: the rows are read when the answer is written."""
    run = mine(request, pk)
    note_patients(replayed.patients(run, request.user))
    return csv_file(replayed.table(run, request.user), f"what-would-change-{run.pk}")


def mine(request: HttpRequest, pk: int) -> ReplayRun:
    found: ReplayRun = get_object_or_404(ReplayRun.objects.for_user(request.user).select_related("by"), pk=pk)
    return found


def payers(request: HttpRequest) -> dict[str, str]:
    """The payers of this practice by key."""
    return {key: payer.name for key, payer in read_payers(getattr(request.user, "practice_id", None)).items()}


def _first_day() -> date:
    """The first of last month: enough to see a change, and soon there."""
    return (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
