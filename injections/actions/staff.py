"""Colleagues: added, given a new password, and let go."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from injections.actions.errors import Refused
from injections.actions.rights import need, same_practice
from injections.models import Location, Staff


@transaction.atomic
def add(
    *,
    username: str,
    family_name: str,
    role: str,
    by: Staff,
    password: str | None = None,
    given_name: str = "",
    credential: str = "",
    npi: str = "",
    email: str = "",
    location: Location | None = None,
) -> Staff:
    """Somebody new. Without a password nobody can sign in under that name until one is set."""
    need(by, "staff.write", location)
    person = Staff(
        practice_id=by.practice_id,
        username=username.strip().lower(),
        family_name=family_name,
        given_name=given_name,
        role=role,
        credential=credential.replace(".", ""),
        npi=npi,
        email=email,
        location=location,
    )
    _give_password(person, password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Refused(f"Somebody signs in as {username} already", errors={"username": "Choose another name"}) from None
    return person


@transaction.atomic
def set_password(*, staff: Staff, password: str, by: Staff) -> Staff:
    """Their own, or anybody's by the administrator. Raises :class:`Refused` for one that is easily guessed."""
    same_practice(by, staff)
    if staff.pk != by.pk:
        need(by, "staff.write")
    _give_password(staff, password)
    staff.save(update_fields=["password"])
    return staff


def _give_password(person: Staff, password: str | None) -> None:
    if password is None:
        person.set_unusable_password()
        return
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise Refused("Choose another password", errors={"password": " ".join(problem.messages)}) from None
    person.set_password(password)


@transaction.atomic
def deactivate(*, staff: Staff, by: Staff) -> Staff:
    """They cannot sign in any more. What they signed stays theirs."""
    return _switch(staff, by, active=False)


@transaction.atomic
def activate(*, staff: Staff, by: Staff) -> Staff:
    """They work here again."""
    return _switch(staff, by, active=True)


def _switch(staff: Staff, by: Staff, *, active: bool) -> Staff:
    need(by, "staff.write")
    same_practice(by, staff)
    if staff.pk == by.pk:
        raise Refused("Ask another administrator to change your own access")
    staff.is_active = active
    staff.save(update_fields=["is_active"])
    return staff
