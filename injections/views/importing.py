"""Importing in two steps: look at what a file would do, then do exactly that or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from injections.actions.errors import Refused
from injections.forms.base import UNPROCESSABLE, Problem, invalid
from injections.forms.import_csv import ConfirmForm, UploadForm
from injections.imports import table
from injections.imports.plan import Kind, Plan, Step

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Import:
    """One kind of file. ``look`` reads it beside what is here; ``carry_out`` does one step."""

    template: str
    done: str
    look: Callable[[bytes], tuple[Plan, tuple[table.Problem, ...], tuple[str, ...]]]
    carry_out: Callable[[Step], None]


def answer(request: HttpRequest, kind: Import) -> HttpResponse:
    if request.method != "POST":
        return render(request, kind.template, {"form": UploadForm()})
    if "content" in request.POST:
        return _confirmed(request, kind)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return invalid(request, kind.template, {"form": form})
    return _looked_at(request, kind, form.content())


def _looked_at(request: HttpRequest, kind: Import, content: bytes, changed: str = "") -> HttpResponse:
    """What the file would do, or every line that keeps it from being taken."""
    plan, wrong, ignored = kind.look(content)
    found = wrong or tuple(table.Problem(step.line, f"{step.note}.", "") for step in plan.refused)
    context: dict[str, Any] = {"ignored": ignored, "wrong": found[: table.MAX_PROBLEMS], "form": UploadForm()}
    if found:
        context["problems"] = [Problem("wrong", _how_many(found))]
        return render(request, kind.template, context, status=UNPROCESSABLE)
    counts = plan.counts
    context |= {
        "plan": plan,
        "shown": _most_telling(plan),
        "adds": counts[Kind.ADD],
        "changes": counts[Kind.CHANGE],
        "same": counts[Kind.SAME],
        "confirm": ConfirmForm.carrying(content, plan.digest),
        "changed": changed,
    }
    return render(request, kind.template, context, status=UNPROCESSABLE if changed else None)


def _how_many(found: tuple[table.Problem, ...]) -> str:
    if len(found) >= table.MAX_PROBLEMS:
        return f"Nothing was imported. Correct the file: the first {table.MAX_PROBLEMS} problems are listed"
    return f"Nothing was imported. Correct {len(found)} line{'s' if len(found) > 1 else ''} and choose the file again"


def _most_telling(plan: Plan) -> list[Step]:
    """What to look at: notes first, then changes, then what is new; each in the order of the file."""
    order = {Kind.CHANGE: 1, Kind.ADD: 2, Kind.SAME: 3}
    return sorted(plan.steps, key=lambda step: (not step.note, order[step.kind], step.line))[:MOST_SHOWN]


def _confirmed(request: HttpRequest, kind: Import) -> HttpResponse:
    """Look again, and go on only when the file would still do what was shown."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        problems = [Problem("id_file", "Choose the file again")]
        return render(request, kind.template, {"form": UploadForm(), "problems": problems}, status=UNPROCESSABLE)
    content = form.cleaned_data["content"]
    plan, wrong, _ = kind.look(content)
    if wrong or plan.refused or plan.digest != form.cleaned_data["seen"]:
        return _looked_at(request, kind, content, changed="Something here changed since you looked. Look again.")
    try:
        with transaction.atomic():
            for step in plan.acts:
                kind.carry_out(step)
    except Refused as refused:
        return _looked_at(request, kind, content, changed=f"Nothing was imported. {refused.message}.")
    messages.success(request, f"{len(plan.acts)} {'line' if len(plan.acts) == 1 else 'lines'} imported.")
    return redirect(kind.done)
