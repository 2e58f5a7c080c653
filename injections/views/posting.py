"""How a page with a form answers: the form, the refused form with everything that was typed, or on to the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from injections.actions.errors import Refused
from injections.actions.once import made_before
from injections.actions.proving import NotProved
from injections.forms.base import invalid
from injections.models import Staff

Done = TypeVar("Done")
Row = TypeVar("Row", bound=Model)
#: digits of the largest number that a table counts to
LONGEST_NUMBER = 18


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, or nothing yet."""
    return request.POST if request.method == "POST" else None


def reader(request: HttpRequest) -> Staff:
    """Who asks. Every page behind a capability has somebody."""
    return cast(Staff, request.user)


def key_of(request: HttpRequest) -> UUID | None:
    """The submission key of the page that was sent; ``None`` where it holds none, which nobody at the page can mend."""
    try:
        return UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return None


def number_of(text: str) -> int | None:
    """The number of a row as an address or a button says it; ``None`` for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def attempt(form: forms.Form, action: Callable[..., Done], **arguments: Any) -> Done | None:
    """What the action made; ``None`` after telling the form why it was refused.

    A missing proof is not the form's to tell: :class:`NotProved` goes on to the view.
    """
    try:
        return action(**arguments)
    except NotProved:
        raise
    except Refused as refused:
        for field, what_to_do in refused.errors.items():
            form.add_error(field if field in form.fields else None, f"{refused.message}. {what_to_do}")
        if not refused.errors:
            form.add_error(None, refused.message)
        return None


def once(form: forms.Form, action: Callable[..., Row], rows: QuerySet[Row], **arguments: Any) -> Row | None:
    """What the form makes, or made when it was sent before: a second click, a retry, the back button.

    The row is among ``rows``, under the key of the page. Where the page says something else by now, it is refused.
    """
    made = attempt(form, action, **arguments, **form.cleaned_data) if form.is_valid() else None
    if made is not None or not form.is_bound:
        return made
    key = form.cleaned_data.get("submission_key")
    before = made_before(rows, key)
    return before if before is not None and _says_the_same(before, form) else None


def _says_the_same(row: Model, form: forms.Form) -> bool:
    return all(getattr(row, name) == said for name, said in form.cleaned_data.items())


def show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with its form: status 422 once it was sent and refused."""
    return invalid(request, template, context) if context["form"].is_bound else render(request, template, context)
