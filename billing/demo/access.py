"""How the demo people sign in without a phone: one secret and one PIN for all, printed at the start of the demo."""

from __future__ import annotations

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from billing.demo.people import PASSWORD
from injections.actions import pins, proving, second_factor, sign_ins
from injections.actions.proving import Proof
from injections.models import SignIn, Staff
from injections.policy import may

#: known to everybody, so it is only ever enrolled by the demo
SECRET = "DEMODELTOIDDEMODELTOIDDEMODELTOI"  # nosec B105 # noqa: S105 - only the demo enrolls it
PIN = "4917"


def equip(person: Staff) -> None:
    """A phone that everybody has, an own password, and a PIN where the role uses shared devices."""
    person.password_is_given = False
    person.save(update_fields=["password_is_given"])
    second_factor.enrol(staff=person, secret=SECRET)
    if may(person, "shift.join"):
        entered = sign_ins.begin(staff=person, how=SignIn.How.FULL)
        pins.set_own(by=person, pin=PIN, sign_in=entered)
        sign_ins.end(sign_in_id=entered.pk)


def equip_all(people: list[Staff]) -> None:
    """Those of an older demo who have none yet."""
    for person in people:
        if not second_factor.exists(person):
            equip(person)


def code(*, later: int = 0) -> str:
    """What the phone of the demo shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // app_settings.TOTP_PERIOD + later))


def proof_of(person: Staff) -> Proof:
    """That this person is at the screen, as their password shows it. Asked anew when the last one has grown old."""
    kept = _PROOFS.get(person.pk)
    if kept is None or proving.missing(person, kept):
        kept = _PROOFS[person.pk] = proving.prove(by=person, secret=PASSWORD)
    return kept


_PROOFS: dict[int, Proof] = {}
