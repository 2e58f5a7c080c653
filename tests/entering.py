"""People who can really sign in, and what they type at the door."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from injections.actions import pins, second_factor, sign_ins
from injections.models import SignIn
from tests.factories import PASSWORD, PIN, StaffFactory

__all__ = ["PASSWORD", "PIN", "SECRET", "code", "enrolled", "signs_in", "staff_with_password", "with_pin"]

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def staff_with_password(username, **columns):
    return StaffFactory(username=username, password=make_password(PASSWORD), **columns)


def enrolled(username, **columns):
    """Somebody with password and phone."""
    person = staff_with_password(username, **columns)
    second_factor.enrol(staff=person, secret=SECRET)
    return person


def with_pin(person, pin=PIN):
    entered = sign_ins.begin(staff=person, how=SignIn.How.FULL)
    pins.set_own(by=person, pin=pin, sign_in=entered)
    sign_ins.end(sign_in_id=entered.pk)
    return person


def code(secret=SECRET, steps=0):
    """What the phone shows, now or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def signs_in(client, username, password=PASSWORD, *, with_code=True, steps=0, **extra):
    answer = client.post(reverse("account_login"), {"login": username, "password": password}, **extra)
    if with_code:
        answer = client.post(reverse("mfa_authenticate"), {"code": code(steps=steps)}, **extra)
    return answer
