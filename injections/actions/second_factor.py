"""The second factor: a passkey, or the code of a phone, taken once; and what an administrator does when it is lost."""

from __future__ import annotations

import secrets
import time
from datetime import datetime

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from injections.actions import sign_ins, tries
from injections.actions.rights import need, same_practice
from injections.models import SignIn, Staff, Tries

LAST_STEP = "last_step"
PHONE, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
FACTORS = (PHONE, PASSKEY)
GROUPS, LETTERS = 3, "bcdfghjkmnpqrstvwxz23456789"


def ways(*, staff: Staff) -> frozenset[str]:
    """What this person has enrolled: a phone, passkeys. Recovery codes alone are no second factor."""
    rows = Authenticator.objects.filter(user_id=staff.pk, type__in=FACTORS)
    return frozenset(rows.values_list("type", flat=True))


def exists(staff: Staff) -> bool:
    return bool(ways(staff=staff))


def passkeys(staff: Staff) -> list[Authenticator]:
    """The oldest first."""
    return list(Authenticator.objects.filter(user_id=staff.pk, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


def has_recovery_codes(staff: Staff) -> bool:
    return Authenticator.objects.filter(user_id=staff.pk, type=Authenticator.Type.RECOVERY_CODES).exists()


def may_change(*, staff: Staff, sign_in: SignIn | None) -> bool:
    """Whether this screen was entered with both factors, or with the password by somebody who has no other yet."""
    if sign_in is None or sign_in.staff_id != staff.pk:
        return False
    return sign_in.how == SignIn.How.FULL or (sign_in.how == SignIn.How.PASSWORD and not exists(staff))


@transaction.atomic
def is_last(*, staff: Staff, row: Authenticator) -> bool:
    """Whether nothing but recovery codes would be left without this one. Two at once wait for each other."""
    mine = Authenticator.objects.select_for_update().filter(user_id=staff.pk, type__in=FACTORS)
    return {one.pk for one in mine} <= {row.pk}


def check(*, staff: Staff, code: str, now: datetime | None = None) -> str:
    """What to tell the person about the code; nothing when it is right. No code is taken twice, nor an older one."""
    return tries.attempt(staff=staff, kind=Tries.Kind.CODE, right=lambda: _accept(staff, code), now=now)


@transaction.atomic
def _accept(staff: Staff, code: str) -> bool:
    digits = normalize_user_code(code)
    mine = Authenticator.objects.select_for_update(no_key=True).filter(user_id=staff.pk)
    for row in mine.exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
        taken = _take_step(row, digits) if row.type == Authenticator.Type.TOTP else row.wrap().validate_code(digits)
        if taken:
            row.record_usage()
            return True
    return False


def _take_step(row: Authenticator, digits: str) -> bool:
    """Whether the phone shows these digits now, or did half a minute ago. The step is used up in the same moment."""
    step = step_of(decrypt(row.data["secret"]), digits)
    if step is None or step <= row.data.get(LAST_STEP, -1):
        return False
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    return True


def step_of(secret: str, digits: str) -> int | None:
    """Which of the half minutes around now has these digits; the phone's clock may be a little off."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    near = range(now - app_settings.TOTP_TOLERANCE, now + app_settings.TOTP_TOLERANCE + 1)
    shown = {step: format_hotp_value(hotp_value(secret, step)) for step in near}
    found = [step for step, expected in shown.items() if secrets.compare_digest(expected.encode(), digits.encode())]
    return found[-1] if found else None


@transaction.atomic
def enrol(*, staff: Staff, secret: str, used: str = "") -> Authenticator:
    """Keep the secret of a phone. ``used`` are the digits that proved it: they are not taken again."""
    row = TOTP.activate(staff, secret).instance
    enrolled(staff=staff, row=row, secret=secret, used=used)
    return row


def enrolled(*, staff: Staff, row: Authenticator, secret: str, used: str) -> None:
    """The digits that proved the phone are used up, and so is the code that an administrator gave."""
    step = step_of(secret, normalize_user_code(used)) if used else None
    if step is not None:
        row.data[LAST_STEP] = step
        row.save(update_fields=["data"])
    given_is_used(staff=staff)


def given_is_used(*, staff: Staff) -> None:
    """The code that an administrator gave works once."""
    if staff.enrolment_code:
        staff.enrolment_code = ""
        staff.save(update_fields=["enrolment_code"])


def check_enrolment_code(*, staff: Staff, code: str) -> str:
    """What to tell the person about the code that their administrator gave; nothing when it is right or not asked."""
    if not staff.enrolment_code:
        return ""
    typed = normalize_user_code(code)
    right = bool(typed) and (lambda: check_password(typed, staff.enrolment_code))
    if not right:
        return "Enter the code that your administrator gave you"
    return tries.attempt(staff=staff, kind=Tries.Kind.ENROLMENT, right=right)


@transaction.atomic
def reset(*, staff: Staff, by: Staff) -> str:
    """Phone and passkeys are lost: none of them works any more, every screen of the person is signed out.

    Answers the code that lets them, and nobody who only knows the password, enrol anew. It is kept as a hash.
    """
    need(by, "staff.write")
    same_practice(by, staff)
    Authenticator.objects.filter(user_id=staff.pk).delete()
    tries.forget(staff=staff, kind=Tries.Kind.CODE)
    tries.forget(staff=staff, kind=Tries.Kind.ENROLMENT)
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(GROUPS))
    staff.enrolment_code = make_password(normalize_user_code(code))
    staff.save(update_fields=["enrolment_code"])
    sign_ins.end_all(staff=staff)
    return code
