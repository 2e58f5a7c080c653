"""Colleagues: added, given a new password, and let go."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from injections.actions import sign_ins
from injections.actions.errors import Refused
from injections.actions.once import one_row
from injections.actions.rights import need, same_practice
from injections.models import Location, LocationLimit, Staff


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
    submission_key: UUID | None = None,
) -> Staff:
    """Somebody new. Without a password nobody can sign in under that name until one is set; one that is given here is
    changed by the person at the first sign-in.
    """
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
        submission_key=submission_key,
    )
    _give_password(person, password)
    person.password_is_given = True
    try:
        with one_row():
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
    staff.password_is_given = staff.pk != by.pk
    staff.save(update_fields=["password", "password_is_given"])
    return staff


@transaction.atomic
def set_badge(*, staff: Staff, badge: str, by: Staff) -> Staff:
    """What the bar code of their badge says; empty takes it back. Raises :class:`Refused` for a colleague's."""
    need(by, "staff.write")
    same_practice(by, staff)
    others = Staff.objects.filter(practice=staff.practice, badge__iexact=badge).exclude(pk=staff.pk)
    holder = others.first() if badge else None
    if holder is not None:
        raise Refused(f"This is the badge of {holder.full_name}", errors={"badge": "Scan another badge"})
    staff.badge = badge
    staff.save(update_fields=["badge"])
    return staff


@transaction.atomic
def limit_to(*, staff: Staff, locations: Iterable[Location], by: Staff) -> None:
    """The locations that they work at; none at all means the whole practice. Holds from their next request on."""
    chosen = list(locations)
    need(by, "staff.write", *chosen)
    same_practice(by, staff)
    LocationLimit.objects.filter(staff=staff).exclude(location__in=chosen).delete()
    for location in chosen:
        LocationLimit.objects.get_or_create(staff=staff, location=location, practice_id=location.practice_id)


@transaction.atomic
def sign_out(*, staff: Staff, by: Staff) -> int:
    """Every screen of theirs is signed out at its next request. How many there were."""
    need(by, "staff.write")
    same_practice(by, staff)
    return sign_ins.end_all(staff=staff)


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
    """They cannot sign in any more, and every screen of theirs is signed out. What they signed stays theirs."""
    sign_ins.end_all(staff=_switch(staff, by, active=False))
    return staff


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
