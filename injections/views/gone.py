"""A page whose draft is no more: a colleague signed it, or it was thrown away. What was typed stays in sight."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from injections.forms.base import UNPROCESSABLE
from injections.forms.chart import DoseForm
from injections.models import Administration, AdministrationDraft
from injections.policy import may
from injections.reading import typed
from injections.views.drafts import draft_of
from injections.views.posting import key_of, reader


def draft_or_gone(request: HttpRequest, pk: int) -> AdministrationDraft | HttpResponse:
    """The draft; or, for a page that once held it, what became of it. Anybody else's looks like no draft at all."""
    try:
        return draft_of(request, pk)
    except Http404:
        key = key_of(request)
        if key is None:
            raise
        return _gone(request, Administration.objects.for_user(request.user).filter(submission_key=key).first())


def signed_by_this_page(request: HttpRequest) -> Administration | None:
    """The record that this page has become by the hand of this person: a second tap answers with it."""
    key = key_of(request)
    if key is None:
        return None
    return (
        Administration.objects.for_user(request.user)
        .filter(submission_key=key, signatures__signer=reader(request))
        .first()
    )


def _gone(request: HttpRequest, dose: Administration | None) -> HttpResponse:
    context = {
        "dose": dose,
        "signature": dose.signatures.order_by("signed_at").first() if dose else None,
        "typed": _typed(request, dose.entries if dose else {}),
        "may_add": dose is not None and (dose.given_by_id == reader(request).pk or may(request.user, "chart.correct")),
    }
    whole = not request.headers.get("HX-Request")
    template = "injections/chart/gone.html" if whole else "injections/chart/_gone.html"
    return render(request, template, context, status=UNPROCESSABLE)


def _typed(request: HttpRequest, record: dict[str, str]) -> list[tuple[str, str]]:
    """What the page says and the record does not, field by field."""
    form = DoseForm(request.POST)
    form.is_valid()
    return typed.lines(form.entries(), known=record)
