"""A colleague signs in for the second check of a dose, on the page of whoever gives it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from injections import entering
from injections.actions import second_checks
from injections.actions.errors import Refused
from injections.forms.base import Problem, invalid
from injections.forms.second_check import SecondCheckForm
from injections.policy import requires
from injections.views.chart import dose_page
from injections.views.draft import address_of, conflict, fresh
from injections.views.drafts import Saved, draft_of, merge
from injections.views.posting import reader


@requires("chart.write")
@require_POST
def second_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the page, and note on the draft who checked it as it stands."""
    saved = merge(request, draft_of(request, pk))
    if saved.refused is not None:
        return conflict(request, saved)
    form = SecondCheckForm(request.POST)
    if not form.is_valid():
        saved.errors |= {name: str(texts[0]) for name, texts in form.errors.items()}
        return _refused(request, saved)
    name, secret = form.cleaned_data["second_name"], form.cleaned_data["second_secret"]
    sign_in = entering.current(request)
    try:
        draft = second_checks.confirm(draft=saved.draft, name=name, secret=secret, by=reader(request), sign_in=sign_in)
    except Refused as refused:
        saved.errors |= refused.errors or {"second_name": refused.message}
        return _refused(request, saved)
    return redirect(address_of(draft))


def _refused(request: HttpRequest, saved: Saved) -> HttpResponse:
    """The page with everything that was typed, but for the secret."""
    context = dose_page(request, fresh(request, saved), saved)
    said = [Problem(f"id_{name}", text) for name, text in saved.errors.items() if name.startswith("second_")]
    context |= {"problems": said, "refused": False, "second_typed": request.POST.get("second_name", "")}
    return invalid(request, "injections/chart/chart.html", context)
