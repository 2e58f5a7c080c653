"""The proof that a page asks for beside a signature: what it shows, and what was typed into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from injections import entering
from injections.actions import proving
from injections.actions.proving import NAME, SECRET, NotProved, Proof
from injections.forms.base import Problem
from injections.views.posting import reader


def signs_with(request: HttpRequest, unproved: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the fields of the proof look like: PIN or password, and who signs where it is the first time here."""
    sign_in = entering.current(request)
    return {
        "proof_pin": proving.asks_for_pin(sign_in),
        "proof_name": proving.asks_for_name(sign_in),
        "proof_errors": {name: text for name, text in (unproved or {}).items() if name in (NAME, SECRET)},
        "proof_typed": request.POST.get(NAME, ""),
    }


def shown_to_sign(request: HttpRequest) -> tuple[Proof | None, dict[str, str]]:
    """The proof, or what is wrong with it by field. What was typed as the secret is never shown again."""
    typed = {"secret": request.POST.get(SECRET, ""), "name": request.POST.get(NAME, "")}
    try:
        return proving.prove(by=reader(request), sign_in=entering.current(request), **typed), {}
    except NotProved as refused:
        return None, refused.errors


def problems_to_sign(unproved: Mapping[str, str] | None) -> list[Problem]:
    return [Problem(f"id_{name}", text) for name, text in (unproved or {}).items()]
