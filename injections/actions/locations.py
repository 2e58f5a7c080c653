"""What the administrator says about a location: that there is one, and what kind of place it is from a day on."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from injections import place_codes
from injections.actions.errors import Refused
from injections.actions.rights import need
from injections.days import written_day
from injections.models import Administration, Location, LocationPlace, Practice, Staff


@transaction.atomic
def add(*, by: Staff, name: str, code: str, **told: str) -> Location:
    """A location of this person's practice; ``told`` are its address, state and NPI. Said again, the one that stands.

    Raises :class:`Refused` for a name that another location has, and for a code of no place.
    """
    need(by, "practice.write")
    if by.practice is None:
        raise Refused("Only somebody of a practice can add to it")
    _known(code)
    Practice.objects.select_for_update().get(pk=by.practice.pk)
    same = Location.objects.filter(practice=by.practice, name__iexact=name).first()
    said = {"name": name, "place_of_service": code, **told}
    if same is not None and all(getattr(same, column) == value for column, value in said.items()):
        return same
    if same is not None:
        raise Refused("A location has this name", errors={"name": "Give it another one"})
    return Location.objects.create(practice=by.practice, **said)


def _known(code: str) -> None:
    if code not in place_codes.ALL:
        raise Refused("No place has this code", errors={"code": "Choose one of the list"})


@transaction.atomic
def place(*, location: Location, code: str, since: date, by: Staff) -> LocationPlace:
    """From ``since`` on the location is a place of that kind. Said again, the row that says so.

    Raises :class:`Refused` where a dose of that day or later is signed there: its claim says where it was given.
    """
    need(by, "practice.write", location)
    _known(code)
    Location.objects.select_for_update(of=("self",)).get(pk=location.pk)
    last = location.places.first()
    if last is not None and (last.code, last.since) == (code, since):
        return last
    signed = Administration.objects.filter(encounter__location=location, encounter__date__gte=since)
    newest = signed.order_by("-encounter__date").values_list("encounter__date", flat=True).first()
    if newest is not None:
        told = f"Doses of {written_day(newest)} are signed there as what it was"
        raise Refused(told, errors={"since": "Choose a later day"})
    return LocationPlace.objects.create(
        practice_id=location.practice_id, location=location, code=code, since=since, said_by=by
    )
