"""A second person beside a high-alert drug: they look at drug, vial and dose, and say so with a secret of their own."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from injections.actions import drafts, pins, proving
from injections.actions.errors import Refused
from injections.actions.rights import need
from injections.models import AdministrationDraft, SignIn, Staff
from injections.policy import may

#: the name under which somebody says why there was no second person
NOBODY = "signing.second_check_missing"
ASK = "A high-alert drug: ask a colleague to check drug, vial and dose, and to confirm it here"


def find(*, name: str, by: Staff) -> Staff:
    """The colleague of that sign-in name or badge. Raises :class:`Refused` for oneself and whoever may not sign."""
    text = name.strip()
    named = Q(username__iexact=text) | (Q(badge__iexact=text) if text else Q(pk__isnull=True))
    found = Staff.objects.filter(named, practice=by.practice, is_active=True).first() if text else None
    if found is not None and found.pk == by.pk:
        raise Refused("Not checked", errors={"second_name": "The second check needs another person than you"})
    if found is None or not may(found, "chart.sign"):
        raise Refused("Not checked", errors={"second_name": "Enter the username of a colleague who may sign"})
    return found


def confirm(
    *, draft: AdministrationDraft, name: str, secret: str, by: Staff, sign_in: SignIn | None
) -> AdministrationDraft:
    """The colleague checked this draft as it stands. Wrong secrets count as theirs; nothing is kept of the secret.

    Raises :class:`Refused` with what to do, by field.
    """
    need(by, "chart.write", draft)
    colleague = find(name=name, by=by)
    if proving.asks_for_pin(sign_in):
        wrong = pins.check(staff=colleague, pin=secret)
    else:
        wrong = proving.check_password_of(colleague, secret)
    if wrong:
        raise Refused("Not checked", errors={"second_secret": wrong})
    return _note(draft, colleague, by)


@transaction.atomic
def _note(draft: AdministrationDraft, colleague: Staff, by: Staff) -> AdministrationDraft:
    said = {"second_check_by": str(colleague.pk)}
    return drafts.save(draft=draft, entries=said, version=draft.version, by=by)
