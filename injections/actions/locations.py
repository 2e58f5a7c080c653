"""What the administrator says about a location: that there is one, and what kind of place it is from a day on."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from injections import place_codes
from injections.actions.errors import Refused
from injections.actions.rights import need
from injections.days import written_day
from injections.models import Administration, Location, LocationFact, LocationPlace, Practice, Staff

#: a name has no days: whoever asks for any day finds it
EARLIEST = date(1900, 1, 1)


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


@transaction.atomic
def correct(*, location: Location, by: Staff, since: date, name: str, state: str, npi: str, **address: str) -> Location:
    """Mend what was said of a location. A name and an address are corrected for all days; the claims of a file that
    was made keep what it said. State and NPI hold ``since`` a day, unless they read so on it already.

    Raises :class:`Refused` for a name that another location has, and where a dose of that day or later is signed there
    under another state or NPI. An NPI that was missing may be said for any day.
    """
    need(by, "practice.write", location)
    Practice.objects.select_for_update().get(pk=location.practice_id)
    held = Location.objects.select_for_update(of=("self",)).get(pk=location.pk)
    others = Location.objects.filter(practice=held.practice_id).exclude(pk=held.pk)
    if others.filter(name__iexact=name).exists():
        raise Refused("Another location has this name", errors={"name": "Give it another one"})
    told = {"state": state, "npi": npi}
    changed = {fact: said for fact, said in told.items() if held.told(fact, since) != said}
    if "state" in changed or ("npi" in changed and held.told("npi", since)):
        _none_signed(held, since, "under another state or NPI")
    for fact, said in changed.items():
        _say(held, fact, said, since, by)
    if held.name != name:
        if not held.later.filter(fact="name").exists():
            _say(held, "name", held.name, EARLIEST, by)
        _say(held, "name", name, EARLIEST, by)
    for column, value in {"name": name, **address}.items():
        setattr(held, column, value)
    held.save(update_fields=["name", *address])
    return held


def _say(location: Location, fact: str, said: str, since: date, by: Staff) -> None:
    LocationFact.objects.create(
        practice_id=location.practice_id, location=location, fact=fact, said=said, since=since, said_by=by
    )


def _none_signed(location: Location, since: date, how: str) -> None:
    """Raises :class:`Refused` where a dose of that day or later is signed there: its claim says what held then."""
    signed = Administration.objects.filter(encounter__location=location, encounter__date__gte=since)
    newest = signed.order_by("-encounter__date").values_list("encounter__date", flat=True).first()
    if newest is not None:
        told = f"Doses of {written_day(newest)} are signed there {how}"
        raise Refused(told, errors={"since": "Choose a later day"})


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
    _none_signed(location, since, "as what it was")
    return LocationPlace.objects.create(
        practice_id=location.practice_id, location=location, code=code, since=since, said_by=by
    )
