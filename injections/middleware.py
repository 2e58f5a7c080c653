"""What every page of a signed-in person gets: that it is still them, the practice's own clock, and nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect
from psycopg.errors import DeadlockDetected, LockNotAvailable

from injections import coming_back, entering
from injections.actions import sign_ins
from injections.models import SignIn
from injections.views.failed import busy

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

#: all that somebody with a password and no second factor may open
FACTORS = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})
ENROLMENT = FACTORS | {"account_change_password", "account_logout", "account_reauthenticate"}
#: what a locked screen still answers, beside the views marked for it
LEAVING = frozenset({"account_logout"})


class AtTheScreen:
    """Lets a view answer only while its person is there: signed in fully, not ended elsewhere, not idle for too long.

    Decided from rows at each request, so that a person who is removed, moved or signed out by an administrator is out
    at once. Only the mark on a view says that it polls: nothing in a request can keep a screen open.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.user.is_authenticated and not _stands(request):
            logout(request)
        if coming_back.is_tried(request):
            refused = coming_back.let_in(request)
            if refused is not None:
                return refused
        if not request.user.is_authenticated:
            return None if not getattr(view, "login_required", True) else coming_back.stranger(request)
        sign_in = entering.current(request)
        if sign_in is None:
            return None
        return _first_things(request, sign_in) or _lock(request, sign_in, view)


def _stands(request: HttpRequest) -> bool:
    """Whether this sign-in has not been ended, by its person, an administrator or the end of the shift."""
    sign_in = entering.current(request)
    return sign_in is not None and (sign_in.shift is None or sign_in.shift.is_open(timezone.now()))


def _first_things(request: HttpRequest, sign_in: SignIn) -> HttpResponse | None:
    """A password that somebody else gave is changed first, then a phone or passkey is added, before all else."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if sign_in.staff.password_is_given:
        return _to(request, "account_change_password") if name not in ENROLMENT - FACTORS else None
    if sign_in.how == SignIn.How.PASSWORD and name not in ENROLMENT:
        return _to(request, "mfa_activate_totp")
    return None


def _to(request: HttpRequest, name: str) -> HttpResponse:
    address = reverse(name)
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)


def _lock(request: HttpRequest, sign_in: SignIn, view: View) -> HttpResponse | None:
    now = timezone.now()
    name = request.resolver_match.view_name if request.resolver_match else ""
    if sign_in.is_idle(now, sign_ins.allowed_idle(sign_in.staff)):
        sign_ins.lock(sign_in=sign_in, now=now)
        if getattr(view, "while_locked", False) or name in LEAVING:
            return None
        return coming_back.locked(request, sign_in)
    if not getattr(view, "polls", False):
        sign_ins.seen(sign_in=sign_in, now=now)
    return None


class PracticePages:
    """Days and times are those of the practice's time zone, and no page is kept on the tablet or by a proxy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone(request)):
            response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        """Whoever came back with this very request was nobody above, and "today" would be that of UTC."""
        if zone := _zone(request):
            timezone.activate(zone)  # until the override above ends


def _zone(request: HttpRequest) -> tzinfo | None:
    practice = getattr(request.user, "practice", None) if request.user.is_authenticated else None
    return practice.zone if practice else None


class WaitedTooLong:
    """Somebody else held a row for longer than a request waits (`lock_timeout`), or each held what the other wanted.

    Nothing is wrong with what was asked: the answer is 503 with a way back, and the request is undone as a whole.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        cause = exception.__cause__
        return busy(request) if isinstance(cause, (LockNotAvailable, DeadlockDetected)) else None
