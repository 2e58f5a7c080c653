"""A shared device in its shift: tap your name, type your PIN. Nobody is signed in while this page is on screen."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from injections import coming_back, entering
from injections.actions import pins, shifts
from injections.actions.errors import Refused
from injections.forms.base import UNPROCESSABLE
from injections.marks import public
from injections.models import Shift, Staff
from injections.policy import requires
from injections.views.posting import reader

PAGE, ENTER = "injections/shift/shift.html", "injections/shift/enter.html"


@public
@require_safe
def shift(request: HttpRequest) -> HttpResponse:
    """The names of the team. A badge that is scanned here is as good as a tap on the name."""
    found = coming_back.shift_of(request)
    if found is None:
        return redirect("account_login")
    return _names(request, found)


def _names(request: HttpRequest, found: Shift, status: int = 200, **more: object) -> HttpResponse:
    """Nobody is signed in, so the practice's clock is set here."""
    practice = found.started_by.practice
    with timezone.override(practice.zone if practice else None):
        return render(request, PAGE, _page(found) | more, status=status)


def _page(found: Shift) -> dict[str, object]:
    return {"shift": found, "practice": found.started_by.practice, "team": shifts.team(found), "ends": found.ends_at}


@public
@require_http_methods(["GET", "POST"])
def shift_enter(request: HttpRequest) -> HttpResponse:
    """The PIN of the person that was tapped or whose badge was scanned."""
    found = coming_back.shift_of(request)
    if found is None:
        return redirect("account_login")
    person = _named(found, request)
    if person is None:
        asked = bool(request.POST.get("badge") or request.POST.get("who") or request.GET.get("who"))
        return _names(request, found, UNPROCESSABLE, unknown=asked)
    error = ""
    if "pin" in request.POST:
        error = _enter(request, found, person)
        if not error:
            return redirect("injections:home")
    context = {"shift": found, "person": person, "error": error}
    return render(request, ENTER, context, status=UNPROCESSABLE if error else 200)


def _named(found: Shift, request: HttpRequest) -> Staff | None:
    who = request.POST.get("who") or request.GET.get("who") or ""
    badge = request.POST.get("badge", "").strip()
    team = shifts.team(found)
    if badge:
        return team.filter(badge__iexact=badge).first()
    return team.filter(username__iexact=who).first() if who else None


def _enter(request: HttpRequest, found: Shift, person: Staff) -> str:
    """What is wrong; nothing when the person is in. Whoever was signed in here is out."""
    pin = request.POST["pin"]
    wrong = pins.check(staff=person, pin=pin) if pin else "Enter your PIN"
    if not wrong:
        logout(request)
        coming_back.enter_by_pin(request, person, found)
    return wrong


@requires("shift.start")
@require_POST
def shift_start(request: HttpRequest) -> HttpResponse:
    """From now on colleagues change here by name and PIN. Whoever started it goes on with the full sign-in."""
    try:
        begun, key = shifts.start(by=reader(request), sign_in=entering.current(request))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
        return redirect("injections:own")
    answer = redirect("injections:own")
    answer.set_cookie(
        coming_back.shift_cookie(),
        key,
        expires=begun.ends_at,
        secure=not settings.DEBUG,
        httponly=True,
        samesite="Strict",
    )
    messages.success(request, "The shift has begun. Colleagues sign in here with their name and PIN.")
    return answer


@public
@require_POST
def shift_end(request: HttpRequest) -> HttpResponse:
    """Anybody at the device may end it: that only asks for more."""
    found = coming_back.shift_of(request)
    if found is not None:
        shifts.end(shift=found)
    if request.user.is_authenticated and (sign_in := entering.current(request)) and sign_in.shift_id:
        logout(request)
    answer = redirect("account_login" if not request.user.is_authenticated else "injections:own")
    answer.delete_cookie(coming_back.shift_cookie(), samesite="Strict")
    return answer
