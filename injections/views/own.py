"""A person's own sign-in: password, phone, passkeys, recovery codes, PIN, and the shift of this device."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from injections import coming_back, entering
from injections.actions import pins, proving, second_factor
from injections.forms.pin import PinForm
from injections.models import Pin, SignIn
from injections.policy import may, requires
from injections.views.posting import attempt, reader, sent, show


@requires("home")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    by, sign_in = reader(request), entering.current(request)
    context = {
        "phone": second_factor.PHONE in second_factor.ways(staff=by),
        "passkeys": second_factor.passkeys(by),
        "has_codes": second_factor.has_recovery_codes(by),
        "pin": Pin.objects.filter(staff=by).first(),
        "full": sign_in is not None and sign_in.how == SignIn.How.FULL,
        "uses_pin": may(by, "shift.join"),
        "may_start": may(by, "shift.start"),
        "shift": coming_back.shift_of(request),
        "screens": SignIn.objects.filter(staff=by, ended_at__isnull=True).count(),
    }
    return render(request, "injections/own/own.html", context)


@requires("shift.join")
@require_http_methods(["GET", "POST"])
def own_pin(request: HttpRequest) -> HttpResponse:
    """Set by oneself, after a full sign-in, with the password once more."""
    by, sign_in = reader(request), entering.current(request)
    form = PinForm(sent(request))
    if form.is_valid():
        said = form.cleaned_data
        wrong = proving.check_password_of(by, said["password"])
        if wrong:
            form.add_error("password", wrong)
        elif attempt(form, pins.set_own, by=by, pin=said["pin"], sign_in=sign_in) is not None:
            messages.success(request, "Your PIN is set. It works on every device that is in its shift.")
            return redirect("injections:own")
    return show(request, "injections/own/pin.html", {"form": form})
