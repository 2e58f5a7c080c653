"""What a page asks about its own screen: is it locked, somebody is typing here, and I am back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from injections import coming_back, entering
from injections.actions import sign_ins
from injections.forms.base import UNPROCESSABLE
from injections.marks import polls, public
from injections.policy import requires


@polls
@public
@require_GET
def screen(request: HttpRequest) -> HttpResponse:
    """Asked by the page itself: open for how many seconds more, locked, or gone."""
    return JsonResponse(_state(request))


def _state(request: HttpRequest) -> dict[str, object]:
    sign_in = entering.current(request) if request.user.is_authenticated else None
    if sign_in is None:
        return {"state": "gone", "pin": coming_back.shift_of(request) is not None}
    allowed, now = sign_ins.allowed_idle(sign_in.staff), timezone.now()
    left = int((sign_in.seen_at + allowed - now).total_seconds())
    locked = sign_in.is_idle(now, allowed)
    who = request.user.get_username()
    return {"state": "locked" if locked else "open", "seconds": 0 if locked else left, "who": who}


@requires("home")
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Sent only after somebody touched or typed something on the page."""
    return JsonResponse(_state(request))


@public
@require_POST
def come_back(request: HttpRequest) -> HttpResponse:
    """The dialog over a page: right goes on where it was, wrong is told at the field.

    Without a script the middleware has taken the answer already, and only the way back is left.
    """
    if "secret" not in request.POST:
        return _go_back(request)
    shown = (request.POST.get(name, "") for name in ("who", "secret", "code", "passkey"))
    errors = coming_back.show_again(request, *shown)
    if errors:
        return JsonResponse({"errors": errors}, status=UNPROCESSABLE)
    return JsonResponse({"state": "open", "token": get_token(request)})


def _go_back(request: HttpRequest) -> HttpResponse:
    back_to = request.POST.get("back_to", "")
    ours = url_has_allowed_host_and_scheme(back_to, {request.get_host()}, require_https=request.is_secure())
    return redirect(back_to if ours else "injections:home")
