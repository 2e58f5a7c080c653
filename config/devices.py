"""Devices that people of the practice have signed in on: guessing elsewhere does not slow these down.

The cookie says nothing about who: a number of the device, and a keyed hash for each name that has entered there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "deltoid.device"
AGE = 180 * 24 * 3600
MOST_NAMES = 40  # a cookie may hold 4 KB


def cookie_name() -> str:
    return "device" if settings.DEBUG else "__Host-device"


def that_knows(request: HttpRequest, named: str) -> str | None:
    """The number of this device, if somebody with that name has signed in on it."""
    device, names = _read(request)
    return device if _hashed(named) in names else None


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        kept = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=AGE)
        return str(kept["device"]), list(kept["names"])
    except (signing.BadSignature, KeyError, TypeError):
        return secrets.token_urlsafe(12), []


def _hashed(named: str) -> str:
    return salted_hmac(SALT, named.strip().lower()).hexdigest()[:24]


class RememberDevice:
    """Adds the name of whoever has just signed in to what the device keeps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        entered = getattr(request, "entered", None)  # set where a sign-in begins: injections/entering.py
        if entered is None:
            return response
        device, names = _read(request)
        mine = [_hashed(name) for name in (entered.username, entered.email) if name]
        kept = {"device": device, "names": list(dict.fromkeys([*mine, *names]))[:MOST_NAMES]}
        response.set_cookie(
            cookie_name(),
            signing.dumps(kept, salt=SALT),
            max_age=AGE,
            secure=not settings.DEBUG,
            httponly=True,
            samesite="Lax",
        )
        return response
