"""Passkeys: added, used to sign in, and removed. allauth and fido2 check them; what comes in is read strictly here.

Every passkey is asked for the person's fingerprint, face or lock code, so that one of them is two factors at once. What
the browser sends is a fixed shape of Base64url: it is refused when it is anything else, and kept as we read it.
"""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator

from config.second_factor import FullSignIn, Given
from injections import entering
from injections.actions import second_factor
from injections.forms.base import hidden_characters

LONGEST = 20_000  # characters; what a browser sends has about 2,000
LAST_ONE = "This is how you sign in. Add a phone or another passkey before you remove it."
NOT_ACCEPTED = "This passkey was not accepted. Try again, or sign in another way"
#: what reading the bytes of a made-up passkey can raise
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, struct.error)
_PLAIN = re.compile(r"[ -\[\]-~]*")  # no backslash: neither Base64url nor the names of the fields need one


class CredentialField(forms.CharField):
    """What the browser made of the person's passkey."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(max_length=LONGEST)

    def clean(self, value: Any) -> dict[str, Any]:
        try:
            read = json.loads(super().clean(value))
        except (ValidationError, ValueError, RecursionError):
            read = None
        if not isinstance(read, dict) or not _PLAIN.fullmatch(value):
            raise ValidationError(NOT_ACCEPTED)
        return read


def _kept(credential: dict[str, Any]) -> dict[str, Any]:
    """Only what is read again at each sign-in, as it was understood."""
    auth.parse_registration_response(credential)
    said = credential["response"]
    return {
        "id": str(credential["id"]),
        "rawId": str(credential["rawId"]),
        "type": "public-key",
        "response": {name: str(said[name]) for name in ("clientDataJSON", "attestationObject")},
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


class AddPasskeyForm(Given, AddWebAuthnForm):
    """A passkey of one's own, and after a reset the code that the administrator gave."""

    name = forms.CharField(max_length=40, required=False)
    credential = CredentialField()
    passwordless = None  # every one of ours is

    def clean_name(self) -> str:
        name = " ".join(unicodedata.normalize("NFC", self.cleaned_data["name"]).split())
        if hidden_characters(name):
            raise ValidationError("Type this again: it holds characters that cannot be seen")
        return name or "Passkey"

    def clean_credential(self) -> dict[str, Any]:
        try:
            return _kept(self.cleaned_data["credential"])
        except UNREADABLE as unreadable:
            raise ValidationError(NOT_ACCEPTED) from unreadable

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean() or {}
        except (ValidationError, *UNREADABLE) as refused:
            raise ValidationError(NOT_ACCEPTED) from refused


class PasskeyForm(AuthenticateWebAuthnForm):
    """The passkey after the password. Nothing is counted: a signature cannot be guessed."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        credential = self.cleaned_data["credential"]
        try:
            auth.parse_authentication_response(credential)
            user = self.user or auth.extract_user_from_response(credential)
            return auth.complete_authentication(user, credential)
        except (ValidationError, *UNREADABLE) as refused:
            raise ValidationError(NOT_ACCEPTED) from refused


class PasskeyAloneForm(PasskeyForm, LoginWebAuthnForm):
    """The passkey in place of password and code."""


class Add(FullSignIn, AddWebAuthnView):
    """Keeps the passkey. The first factor of an account lets its person in; a further one asks for a full sign-in."""

    template_name = "mfa/passkeys/new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super(AddWebAuthnView, self).get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, True)
        form: forms.Form = context["form"]
        problem = NOT_ACCEPTED if "credential" in form.errors or form.non_field_errors() else ""
        first = not second_factor.exists(self.request.user)
        return {**context, "options": options, "first": first, "problem": problem}

    def form_valid(self, form: AddPasskeyForm) -> HttpResponse:
        first = not second_factor.exists(self.request.user)
        response: HttpResponse = super().form_valid(form)
        if first:
            second_factor.given_is_used(staff=self.request.user)
            # The recovery codes that come next ask for no password again: it was typed a moment ago.
            record_authentication(self.request, self.request.user, method="mfa", reauthenticated=True)
            entering.complete(self.request)
        return response

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "injections:own")


class Remove(FullSignIn, RemoveWebAuthnView):
    """The person's own, while another factor remains."""

    template_name = "mfa/passkeys/remove.html"
    success_url = reverse_lazy("injections:own")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if second_factor.is_last(staff=self.request.user, row=self.object):
            messages.error(self.request, LAST_ONE)
            return redirect("injections:own")
        answer: HttpResponse = super().form_valid(form)
        return answer


@method_decorator(login_not_required, name="dispatch")
class Enter(LoginWebAuthnView):
    """In place of name, password and code. The page asks here for the question that its passkey answers."""


add, remove, enter = Add.as_view(), Remove.as_view(), Enter.as_view()
