"""Importing in two steps: look at what a file would do, then do exactly that or nothing. Workers do both."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from injections.actions import uploads
from injections.forms.base import UNPROCESSABLE, Problem, invalid
from injections.forms.upload import ConfirmForm, UploadForm
from injections.imports.table import MAX_PROBLEMS
from injections.marks import polls
from injections.models import Upload
from injections.policy import requires
from injections.tasks import work_on_upload
from injections.views.posting import reader


def answer(request: HttpRequest, kind: str, template: str) -> HttpResponse:
    """The form, a file that was sent, or how far that file is."""
    if request.method != "POST":
        number = request.GET.get("file", "")
        if not number:
            return render(request, template, {"form": UploadForm()})
        return render(request, template, _shown(_mine(request, kind, number)))
    if "upload_id" in request.POST:
        return _confirmed(request, kind, template)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return invalid(request, template, {"form": form})
    name = form.cleaned_data["file"].name
    return _to(request, uploads.receive(kind=kind, name=name, content=form.content(), by=reader(request)))


def _confirmed(request: HttpRequest, kind: str, template: str) -> HttpResponse:
    form = ConfirmForm(request.POST)
    mine = Upload.objects.for_user(request.user).filter(kind=kind)
    upload = mine.filter(pk=form.cleaned_data["upload_id"]).first() if form.is_valid() else None
    if upload is None:
        problems = [Problem("id_file", "Choose the file again")]
        return render(request, template, {"form": UploadForm(), "problems": problems}, status=UNPROCESSABLE)
    return _to(request, uploads.confirm(upload=upload, seen=form.cleaned_data["seen"], by=reader(request)))


def _to(request: HttpRequest, upload: Upload) -> HttpResponse:
    if upload.is_owed:
        transaction.on_commit(lambda: work_on_upload.apply_async((upload.pk,), retry=False), robust=True)
    return HttpResponseRedirect(f"{request.path}?file={upload.pk}")


def _mine(request: HttpRequest, kind: str, number: str) -> Upload:
    if not (number.isascii() and number.isdigit()) or len(number) > 15:
        raise Http404
    found: Upload = get_object_or_404(Upload.objects.for_user(request.user), kind=kind, pk=int(number))
    return found


def _shown(upload: Upload) -> dict[str, Any]:
    context: dict[str, Any] = {"upload": upload, "form": UploadForm()}
    if upload.state in (Upload.State.READ, Upload.State.REFUSED):
        context |= upload.found
    if upload.state == Upload.State.REFUSED:
        context["problems"] = [Problem("wrong", _how_many(len(upload.found["wrong"])))]
    if upload.state == Upload.State.FAILED:
        context["problems"] = [Problem("id_file", upload.changed)]
    if upload.state == Upload.State.READ:
        context["confirm"] = ConfirmForm(initial={"upload_id": upload.pk, "seen": upload.plan_digest})
        context["acts"] = upload.found["adds"] + upload.found["changes"]
    return context


def _how_many(count: int) -> str:
    if count >= MAX_PROBLEMS:
        return f"Nothing was imported. Correct the file: the first {MAX_PROBLEMS} problems are listed"
    return f"Nothing was imported. Correct {count} line{'s' if count > 1 else ''} and choose the file again"


@polls
@requires("import.write")
@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page asks by itself while a worker has the file; it shows itself anew once the worker is done."""
    upload = get_object_or_404(Upload.objects.for_user(request.user), pk=pk)
    page = render(request, "injections/imports/_progress.html", {"upload": upload})
    if not upload.is_owed:
        page["HX-Redirect"] = f"{reverse(f'injections:import_{upload.kind}')}?file={upload.pk}"
    return page
