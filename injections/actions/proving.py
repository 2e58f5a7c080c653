"""Proof that the person whose name goes under a record is the one at the screen (21 CFR 11.200).

A signature takes two components: who, and a secret of theirs. The first signing at a screen asks for both, later ones
for the secret. On a device in its shift the secret is the PIN, elsewhere the password.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password
from django.utils import timezone

from injections.actions import pins, tries
from injections.actions.errors import Refused
from injections.models import SignIn, Staff, Tries

#: seconds: a proof is for what is being signed now
GOOD_FOR = 60.0
NAME, SECRET = "proof_name", "proof_secret"


@dataclass(frozen=True, slots=True)
class Proof:
    """That a person has just shown their secret. Made by :func:`prove` alone.

    ``proved_at`` is seconds on a clock that nobody can set; a proof never leaves its process.
    """

    staff_id: int
    sign_in_id: int | None
    proved_at: float


class NotProved(Refused):
    """The secret is missing, wrong, or not taken any more. ``errors`` say what to do, at the field."""


def asks_for_pin(sign_in: SignIn | None) -> bool:
    return sign_in is not None and sign_in.how == SignIn.How.PIN


def asks_for_name(sign_in: SignIn | None) -> bool:
    """Whether this is the first signing at this screen."""
    return sign_in is not None and sign_in.first_signed_at is None


def prove(*, by: Staff, secret: str, name: str = "", sign_in: SignIn | None = None) -> Proof:
    """Raises :class:`NotProved` with what to do. Wrong secrets are counted, outside the transaction of the signing."""
    errors = {}
    kind = "PIN" if asks_for_pin(sign_in) else "password"
    if asks_for_name(sign_in) and not _names(name, by):
        errors[NAME] = "Say who signs" if not name.strip() else f"{by.full_name} is signed in here. Sign as yourself"
    if not secret:
        errors[SECRET] = f"Enter your {kind} to sign"
    elif errors:
        errors[SECRET] = f"Enter your {kind} again"  # a secret is never shown again, so its field is empty now
    else:
        wrong = _check(by, secret, sign_in)
        errors |= {SECRET: wrong} if wrong else {}
    if errors:
        raise NotProved("Not signed", errors=errors)
    return Proof(staff_id=by.pk, sign_in_id=sign_in.pk if sign_in else None, proved_at=time.monotonic())


def _check(by: Staff, secret: str, sign_in: SignIn | None) -> str:
    if asks_for_pin(sign_in):
        return pins.check(staff=by, pin=secret)
    return check_password_of(by, secret)


def check_password_of(by: Staff, secret: str) -> str:
    """What to tell the person about the password; nothing when it is theirs. Wrong ones are counted."""
    return tries.attempt(staff=by, kind=Tries.Kind.PASSWORD, right=lambda: check_password(secret, by.password))


def _names(typed: str, by: Staff) -> bool:
    """Their sign-in name, their address, or what their badge says."""
    mine = {name.casefold() for name in (by.username, by.email, by.badge) if name}
    return typed.strip().casefold() in mine


def missing(by: Staff, proof: Proof | None) -> dict[str, str]:
    """What to tell whoever did not prove themselves a moment ago, by field; nothing for whoever did."""
    if proof is None:
        return {SECRET: "Enter your PIN or password to sign"}
    if proof.staff_id != by.pk or time.monotonic() - proof.proved_at > GOOD_FOR:
        return {SECRET: "Sign again: this was not confirmed just now, by you"}
    return {}


def need_proof(by: Staff, proof: Proof | None) -> None:
    """Raises :class:`NotProved` unless this person proved themselves a moment ago."""
    errors = missing(by, proof)
    if errors:
        raise NotProved("Not signed", errors=errors)


def used(proof: Proof | None) -> None:
    """Something was signed with it: the next signing at this screen asks for one component."""
    if proof is not None and proof.sign_in_id is not None:
        mine = SignIn.objects.filter(pk=proof.sign_in_id, first_signed_at__isnull=True)
        mine.update(first_signed_at=timezone.now())
