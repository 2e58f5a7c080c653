"""The pages for a failure of ours and for a wait that was too long, with the way back to the chart that is kept."""

from __future__ import annotations

import logging
from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from injections.models import AdministrationDraft, Staff

logger = logging.getLogger(__name__)


def failed(request: HttpRequest) -> HttpResponse:
    """Called by Django after a view raised. Whatever happens here, a page comes."""
    number = structlog.contextvars.get_contextvars().get("request_id", "")
    context = {"number": str(number)[:8], "draft": _kept(request)}
    return render(request, "500.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def busy(request: HttpRequest) -> HttpResponse:
    """Somebody else was writing the same thing: what was asked is undone, and can be asked again at once."""
    answer = render(request, "503.html", {"draft": _kept(request)}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = "1"
    return answer


def _kept(request: HttpRequest) -> AdministrationDraft | None:
    """What this person saved last and has not signed; nothing where even that cannot be asked."""
    try:
        person = getattr(request, "user", None)
        if not isinstance(person, Staff):
            return None
        mine = AdministrationDraft.objects.for_user(person).filter(author=person)
        return mine.order_by("-saved_at").first()
    except Exception:
        logger.exception("the draft behind a failed page could not be found")
        return None
