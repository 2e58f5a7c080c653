"""The address of everything: each app keeps its own. `/health` and `/ready` are answered before any of it.

Of allauth's pages only those stand here that this product has. Its other names lead to one page that says whom to ask:
accounts and new passwords are given by the administrator, and nothing goes by mail.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from config import passkeys
from config.second_factor import code, enrol


@login_not_required
def ask_your_administrator(request: HttpRequest, **named: str) -> HttpResponse:
    return render(request, "account/_said.html")


accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path("still-you/", account.reauthenticate, name="account_reauthenticate"),
    path("code/", code, name="mfa_authenticate"),
    path("still-you/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("phone/", enrol, name="mfa_activate_totp"),
    path("passkey/", passkeys.enter, name="mfa_login_webauthn"),
    path("passkeys/new/", passkeys.add, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
    path("recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

#: names that allauth leads to by itself
closed = [
    path(f"ask/{name}/", ask_your_administrator, name=name)
    for name in (
        *("account_signup", "account_email", "account_set_password", "account_reset_password"),
        *("account_reset_password_done", "account_email_verification_sent", "mfa_index", "mfa_deactivate_totp"),
        *("mfa_list_webauthn", "mfa_reauthenticate_webauthn"),
    )
]

handler500 = "injections.views.failed.failed"

urlpatterns = [
    path("", include("injections.urls")),
    path("billing/", include("billing.urls")),
    path("accounts/", include([*accounts, *closed])),
]
