"""A screen that waits for its person: asked in place, with everything that was typed still there.

A form that arrives while the screen is locked, or after the sign-in has ended, is not stored anywhere: the answer
carries it in hidden fields, and it goes on once the person has shown who they are. Forged forms never get that far,
because Django's check of their token comes first.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from config.passkeys import NOT_ACCEPTED, PasskeyAloneForm
from injections import entering
from injections.actions import pins, second_factor, shifts, sign_ins
from injections.models import Shift, SignIn, Staff

WHO, SECRET, CODE, PASSKEY = "back_who", "back_secret", "back_code", "back_passkey"
OURS = frozenset({WHO, SECRET, CODE, PASSKEY, "csrfmiddlewaretoken"})
UNAUTHORIZED = 401
ANOTHERS = "This passkey is somebody else's. Use your own, or your password and a code"


def shift_cookie() -> str:
    return "shift" if settings.DEBUG else "__Host-shift"


def shift_of(request: HttpRequest) -> Shift | None:
    """The shift of this device, asked once per request."""
    if not hasattr(request, "_shift"):
        request._shift = shifts.open_shift(request.COOKIES.get(shift_cookie(), ""))  # type: ignore[attr-defined]  # kept on its request
    return request._shift  # type: ignore[attr-defined]  # kept on its request


def is_tried(request: HttpRequest) -> bool:
    """Whether this form carries somebody's answer to the lock."""
    return request.method == "POST" and SECRET in request.POST


def let_in(request: HttpRequest) -> HttpResponse | None:
    """Check the answer. When it is right the request goes on without it; else the page that asks again."""
    who, posted = request.POST.get(WHO, ""), request.POST
    errors = show_again(request, who, *(posted.get(name, "") for name in (SECRET, CODE, PASSKEY)))
    if errors:
        return _ask(request, errors)
    rest = posted.copy()
    for name in OURS - {"csrfmiddlewaretoken"}:
        rest.pop(name, None)
    request.POST = rest  # type: ignore[assignment]  # kept on its request
    return None


def show_again(request: HttpRequest, who: str, secret: str, code: str = "", passkey: str = "") -> dict[str, str]:
    """The person of a locked or ended screen is back. What is wrong, by field; nothing when they are in again."""
    if request.user.is_authenticated:
        return _unlock(request, who, secret)
    if passkey:
        return _by_passkey(request, passkey, who)
    shift = shift_of(request)
    member = shifts.team(shift).filter(username__iexact=who).first() if shift else None
    if shift is not None and member is not None:
        wrong = pins.check(staff=member, pin=secret)
        return {SECRET: wrong} if wrong else enter_by_pin(request, member, shift)
    return _sign_in_fully(request, who, secret, code)


def enter_by_pin(request: HttpRequest, person: Staff, shift: Shift) -> dict[str, str]:
    entering.by_pin(request, shift)
    _enter(request, person)
    return {}


def _unlock(request: HttpRequest, who: str, secret: str) -> dict[str, str]:
    sign_in, person = entering.current(request), request.user
    if sign_in is None or not isinstance(person, Staff) or person.username.casefold() != who.casefold():
        return {WHO: "Somebody else is signed in here now. Load the page again"}
    if sign_in.how == SignIn.How.PIN:
        wrong = pins.check(staff=person, pin=secret)
    else:
        wrong = "" if _has_password(request, person, secret) else "This is not your password. Try again"
    if not wrong:
        sign_ins.unlock(sign_in=sign_in)
    return {SECRET: wrong} if wrong else {}


def _has_password(request: HttpRequest, person: Staff, password: str) -> bool:
    """Counted like any sign-in on this device."""
    try:
        return bool(get_adapter(request).authenticate(request, username=person.username, password=password) == person)
    except ValidationError:
        return False


def _by_passkey(request: HttpRequest, passkey: str, who: str) -> dict[str, str]:
    """In place of password and code, as on the page to sign in. Where a name is said, it is that person's."""
    form = PasskeyAloneForm({"credential": passkey})
    row = form.cleaned_data["credential"] if form.is_valid() else None
    if row is None or not row.user.is_active:
        return {SECRET: NOT_ACCEPTED}
    if who and row.user.username.casefold() != who.casefold():
        return {SECRET: ANOTHERS}
    row.record_usage()
    request.shown = (SignIn.How.FULL, None)  # type: ignore[attr-defined]  # read where a sign-in begins
    _enter(request, row.user)
    return {}


def _sign_in_fully(request: HttpRequest, who: str, password: str, code: str) -> dict[str, str]:
    try:
        person = get_adapter(request).authenticate(request, username=who, password=password)
    except ValidationError as limited:
        return {SECRET: limited.messages[0]}
    if not isinstance(person, Staff) or not person.is_active:
        return {SECRET: "This is not the password. Try again"}
    if not code or not second_factor.exists(person):
        return {CODE: "Enter the code that your phone shows, or a recovery code"}
    wrong = second_factor.check(staff=person, code=code)
    if wrong:
        return {CODE: wrong}
    request.shown = (SignIn.How.FULL, None)  # type: ignore[attr-defined]  # kept on its request
    _enter(request, person)
    return {}


def _enter(request: HttpRequest, person: Staff) -> None:
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])


def stranger(request: HttpRequest) -> HttpResponse | None:
    """Nobody is signed in. What was typed is not lost; a page that was only asked for leads to the way in."""
    if request.headers.get("HX-Request"):
        return JsonResponse({"state": "gone", "pin": shift_of(request) is not None}, status=UNAUTHORIZED)
    if request.method == "POST":
        return _ask(request, {})
    return redirect("injections:shift") if shift_of(request) else None


def locked(request: HttpRequest, sign_in: SignIn) -> HttpResponse:
    """The person is signed in and was away too long."""
    if request.headers.get("HX-Request"):
        return JsonResponse({"state": "locked"}, status=UNAUTHORIZED)
    return _ask(request, {})


def _ask(request: HttpRequest, errors: dict[str, str]) -> HttpResponse:
    posted = request.method == "POST"
    context = asked(request) | {
        "errors": errors,
        "who_typed": request.POST.get(WHO, ""),
        "action": request.get_full_path() if posted else reverse("injections:come_back"),
        "carried": list(_carried(request.POST)) if posted else [("back_to", request.get_full_path())],
        "files": posted and bool(request.FILES),
    }
    return render(request, "account/come_back.html", context, status=UNAUTHORIZED)


def asked(request: HttpRequest) -> dict[str, Any]:
    """What the lock asks for: of whom, PIN or password, and whether a code of the phone as well."""
    sign_in = entering.current(request) if request.user.is_authenticated else None
    known = request.user if sign_in is not None else None
    pin = sign_in.how == SignIn.How.PIN if sign_in is not None else shift_of(request) is not None
    return {"known": known, "asks_pin": pin, "asks_code": known is None and not pin, "now": timezone.now()}


def _carried(posted: QueryDict) -> Any:
    for name, values in posted.lists():
        if name not in OURS:
            for value in values:
                yield name, value
