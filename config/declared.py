"""The default is no: a view that names neither its capability nor a reason to be open answers nobody.

A capability stands on the view (``injections.policy.requires``). Views without one are listed here by name, each with
the reason why it may answer without; the list is reviewed like code, and a test holds it against the addresses.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

_SIGNING_IN = "part of signing in: asked before anybody is known"
_OWN = "about the person's own way of signing in; asks who they are again where it changes something"
_SAYS_WHOM_TO_ASK = "a name that allauth leads to: says whom to ask, shows and changes nothing"

#: name of a view -> why it needs no capability
OPEN: dict[str, str] = {
    "account_login": _SIGNING_IN,
    "account_logout": "leaving is open to everybody",
    "account_inactive": "tells somebody who was let go that they cannot sign in",
    "account_change_password": _OWN,
    "account_reauthenticate": _OWN,
    "mfa_authenticate": _SIGNING_IN,
    "mfa_reauthenticate": _OWN,
    "mfa_activate_totp": _OWN,
    "mfa_login_webauthn": _SIGNING_IN,
    "mfa_add_webauthn": _OWN,
    "mfa_remove_webauthn": _OWN,
    "mfa_view_recovery_codes": _OWN,
    "mfa_generate_recovery_codes": _OWN,
    "account_signup": _SAYS_WHOM_TO_ASK,
    "account_email": _SAYS_WHOM_TO_ASK,
    "account_set_password": _SAYS_WHOM_TO_ASK,
    "account_reset_password": _SAYS_WHOM_TO_ASK,
    "account_reset_password_done": _SAYS_WHOM_TO_ASK,
    "account_email_verification_sent": _SAYS_WHOM_TO_ASK,
    "mfa_index": _SAYS_WHOM_TO_ASK,
    "mfa_deactivate_totp": _SAYS_WHOM_TO_ASK,
    "mfa_list_webauthn": _SAYS_WHOM_TO_ASK,
    "mfa_reauthenticate_webauthn": _SAYS_WHOM_TO_ASK,
    "injections:screen": "a page asks whether its own screen is locked; answers no more than that",
    "injections:come_back": "opens a locked screen: it is what checks who is there",
    "injections:shift": "the tiles of a device in its shift, shown before anybody is known",
    "injections:shift_enter": "takes a PIN on a device in its shift",
    "injections:shift_end": "ends the shift of the device it is asked from",
}


class RefuseUndeclared:
    """Answers 404 in place of a view that declares nothing, and says so in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not hasattr(view, "permission") and name not in OPEN:
            logger.error("the view %s declares no capability and is not open: nobody gets an answer", name or "?")
            raise Http404
