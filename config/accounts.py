"""How sign-in differs from what allauth would do on its own: accounts are given, and guessing is slowed fairly."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.urls import reverse

from config import devices
from injections.actions import second_factor
from injections.models import Staff

WAIT = "Too many wrong tries. Wait a few minutes, then try again. Colleagues can sign in meanwhile"


class StaffOnly(DefaultAccountAdapter):
    """Accounts are made by the practice for its staff; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
        "username_password_mismatch": "This name and password do not belong together",  # nosec B105 # words on the screen
        "email_password_mismatch": "This name and password do not belong together",  # nosec B105 # words on the screen
        "enter_current_password": "This is not your password now",  # nosec B105 # words on the screen
        "incorrect_password": "This is not your password",  # nosec B105 # words on the screen
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong tries count by address and by name; on a device that this person has used, for the two alone.

        So whoever guesses from elsewhere, even from the same address, keeps nobody out of their own device.
        """
        named = credentials.get("username") or credentials.get("email") or ""
        device = devices.that_knows(request, named)
        if device is None:
            super().pre_authenticate(request, **credentials)
            return
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action="login_failed_known", key=f"{device}:{named.lower()}"
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Enrolling the first phone or passkey follows the password at once: it is not asked for twice."""
        user = self.request.user
        if app == "allauth.mfa" and user.is_authenticated and not second_factor.exists(user):
            return False
        return bool(super().is_reauthentication_required(app=app, **more))

    def set_password(self, user: Staff, password: str) -> None:
        """Chosen by the person: nobody else knows this one."""
        user.password_is_given = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("injections:own")

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """No mail: accounts need no address."""
