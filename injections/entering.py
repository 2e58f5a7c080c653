"""Between Django's session and our rows: each sign-in is a row, and the session holds its number."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from config.transactions import name_actor
from injections.actions import sign_ins
from injections.models import Shift, SignIn, Staff

KEY = "sign_in"


def current(request: HttpRequest) -> SignIn | None:
    """The sign-in of this request, asked once; ``None`` when it has ended, or was another person's or practice's."""
    if not hasattr(request, "_sign_in"):
        request._sign_in = _find(request)  # type: ignore[attr-defined]  # kept on its request
    return request._sign_in  # type: ignore[attr-defined]  # kept on its request


def _find(request: HttpRequest) -> SignIn | None:
    number, person = request.session.get(KEY), request.user
    if number is None or not isinstance(person, Staff):
        return None
    found = SignIn.objects.select_related("shift__started_by").filter(pk=number, staff=person, ended_at=None).first()
    if found is not None:
        found.staff = person
    return found if found is not None and found.practice_then == person.practice_id else None


def by_pin(request: HttpRequest, shift: Shift) -> None:
    """Say before signing somebody in that they showed their PIN on the device of this shift."""
    request.shown = (SignIn.How.PIN, shift)  # type: ignore[attr-defined]  # kept on its request


def complete(request: HttpRequest) -> None:
    """The second factor was shown as well."""
    found = current(request)
    if found is not None:
        sign_ins.completed(sign_in=found)
        del request._sign_in  # type: ignore[attr-defined]  # kept on its request


@receiver(user_logged_in)
def _begun(sender: object, request: HttpRequest, user: Staff, **more: Any) -> None:
    how, shift = getattr(request, "shown", None) or (_shown_to_allauth(request, user), None)
    if hasattr(request, "before_view"):  # inside a request: what follows is written in this person's name
        name_actor(user.practice_id, user.pk)
    row = sign_ins.begin(staff=user, how=how, shift=shift, address=_address(request))
    request.session[KEY] = row.pk
    request.entered = user  # type: ignore[attr-defined]  # kept on its request
    request._sign_in = row  # type: ignore[attr-defined]  # kept on its request


def _address(request: HttpRequest) -> str | None:
    return get_adapter(request).get_client_ip(request) if "REMOTE_ADDR" in request.META else None


def _shown_to_allauth(request: HttpRequest, user: Staff) -> str:
    shown = {record["method"] for record in get_authentication_records(request, user)}
    return SignIn.How.FULL if "mfa" in shown else SignIn.How.PASSWORD


@receiver(user_logged_out)
def _ended(sender: object, request: HttpRequest, user: Staff | None, **more: Any) -> None:
    number = request.session.get(KEY)
    if number is not None:
        sign_ins.end(sign_in_id=number)
