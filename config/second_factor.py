"""Second factors as allauth asks for them: kept sealed, taken once, and enrolled before anything else is done."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.totp.views import ActivateTOTPView
from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from injections import entering
from injections.actions import second_factor
from injections.models import Staff


class SealedSecrets(DefaultMFAAdapter):
    """Secrets of phones and recovery codes are stored encrypted: a copy of the database is not enough to sign in."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right. Wait for the next one and type that",
    }

    def encrypt(self, text: str) -> str:
        return _seals().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seals().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return False  # staff always have one; a lost phone is an administrator's matter

    def get_totp_label(self, user: Staff) -> str:
        return user.username

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """No mail: accounts need no address, and the administrator's page tells what happened."""


def _seals() -> MultiFernet:
    """The key of today first, earlier ones to read what they sealed."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(b"deltoid second factor:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class CodeForm(AuthenticateForm):
    """The code after the password: of the phone, or a recovery code. Each is taken once."""

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        problem = second_factor.check(staff=self.user, code=code)
        if problem:
            raise ValidationError(problem)
        used = Authenticator.objects.filter(user=self.user, last_used_at__isnull=False)
        self.authenticator = used.latest("last_used_at")
        return code


class Given(forms.Form):
    """After a reset, the code that the administrator gave. Part of the forms that add a factor."""

    given = forms.CharField(required=False, max_length=40)
    user: Staff

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_given = bool(self.user.enrolment_code)

    def clean_given(self) -> str:
        given: str = self.cleaned_data["given"]
        problem = second_factor.check_enrolment_code(staff=self.user, code=given)
        if problem:
            raise ValidationError(problem)
        return given


class EnrolForm(Given, ActivateTOTPForm):
    """The first code of a new phone."""


class Code(AuthenticateView):
    """After the password: the code of the phone, a passkey or a recovery code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ways = second_factor.ways(staff=self.stage.login.user)
        told = {"phone": second_factor.PHONE in ways, "passkey": second_factor.PASSKEY in ways}
        return {**super().get_context_data(**kwargs), **told}


class FullSignIn:
    """Factors are added and removed by somebody who showed both, or who has none yet."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        if isinstance(person, Staff) and not second_factor.may_change(staff=person, sign_in=entering.current(request)):
            messages.error(request, "Sign in with your password and your phone or passkey to change this.")
            return redirect("injections:own")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view
        return answer


class Enrol(FullSignIn, ActivateTOTPView):
    """Keeps the new phone, uses up the code it was proved with, and lets the person in."""

    def form_valid(self, form: EnrolForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        person: Staff = self.request.user
        row = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
        second_factor.enrolled(staff=person, row=row, secret=form.secret, used=form.cleaned_data["code"])
        clear_totp_secret(self.request)
        # The recovery codes that come next ask for no password again: it was typed a moment ago.
        record_authentication(self.request, person, method="mfa", reauthenticated=True)
        entering.complete(self.request)
        return response


code, enrol = Code.as_view(), Enrol.as_view()
