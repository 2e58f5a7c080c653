"""Presence: which practitioner could be called on, from when to when. Whoever says so is written down."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from injections.actions import telling
from injections.actions.errors import Refused
from injections.actions.rights import need, same_practice
from injections.chart.supervision import beginning
from injections.chart.supervision import covering as _covering
from injections.models import Administration, Encounter, Location, Presence, Staff
from injections.models.presence import PresenceMode
from injections.policy import may


@transaction.atomic
def check_in(
    *,
    location: Location,
    clinician: Staff,
    by: Staff,
    mode: str = PresenceMode.IN_SUITE,
    technology: str = "",
    now: datetime | None = None,
) -> Presence:
    """From now on this practitioner is immediately available here. Said again, the open stretch is returned.

    Nobody is in two suites: whoever comes in here has left the other one. On video somebody may cover both.
    """
    _may_say(by, location, clinician)
    now = now or timezone.now()
    mine = _stretches(clinician, by, now)
    here = mine.filter(location=location, until=None).first()
    if here is not None and here.mode == mode:
        return here
    over = Q(location=location) | (Q(mode=PresenceMode.IN_SUITE) if mode == PresenceMode.IN_SUITE else Q())
    for ends in mine.filter(over, until=None):
        _end(ends, by, now)
    return Presence.objects.create(
        practice_id=location.practice_id,
        location=location,
        clinician=clinician,
        mode=mode,
        technology=technology,
        since=now,
        asserted_by=by,
    )


@transaction.atomic
def say_later(
    *,
    location: Location,
    clinician: Staff,
    mode: str,
    since: datetime,
    by: Staff,
    until: datetime | None = None,
    technology: str = "",
    now: datetime | None = None,
) -> Presence:
    """A check-in that was forgotten: they were here from ``since``, to ``until`` or still. Said twice, it is one.

    What is signed already stays as it was signed: a gap of these minutes is closed by a correction of the record, by a
    person who says so, and never by this.
    """
    _may_say(by, location, clinician)
    now = now or timezone.now()
    _in_order(since, until, now)
    mine = _stretches(clinician, by, now)
    same = mine.filter(location=location, mode=mode, since=since, until=until, said_later=True).first()
    if same is not None:
        return same
    _nowhere_else(clinician, mine, location, mode, since, until)
    return Presence.objects.create(
        practice_id=location.practice_id,
        location=location,
        clinician=clinician,
        mode=mode,
        technology=technology,
        since=since,
        until=until,
        asserted_by=by,
        ended_by=by if until else None,
        said_later=True,
    )


def _stretches(clinician: Staff, by: Staff, now: datetime) -> QuerySet[Presence]:
    """All stretches of the practitioner, held against anybody else who says where they are.

    What was left open on an earlier day ends with that day, which is as long as it counted.
    """
    Staff.objects.select_for_update(of=("self",), no_key=True).get(pk=clinician.pk)
    mine = Presence.objects.filter(clinician=clinician).select_related("location__practice")
    for row in mine.filter(until=None):
        if row.since < beginning(row.location, now):
            _end(row, by, beginning(row.location, row.since + timedelta(days=1)))
    return mine


def _nowhere_else(
    clinician: Staff,
    mine: QuerySet[Presence],
    location: Location,
    mode: str,
    since: datetime,
    until: datetime | None,
) -> None:
    """Raises Refused for minutes that are written down here already, or in another suite."""
    after = Q(until=None) | Q(until__gt=since)
    meets = mine.filter(after, **({"since__lt": until} if until else {}))
    if meets.filter(location=location).exists():
        raise Refused(f"{clinician.short_name} is on the list for some of these minutes already")
    other = meets.filter(mode=PresenceMode.IN_SUITE).first() if mode == PresenceMode.IN_SUITE else None
    if other is not None:
        raise Refused(f"{clinician.short_name} was in the suite of {other.location.name} for some of these minutes")


def _may_say(by: Staff, location: Location, clinician: Staff) -> None:
    need(by, "presence.write", location)
    same_practice(by, clinician)
    if not may(clinician, "order.write"):
        raise Refused(f"{clinician.short_name} cannot supervise", errors={"clinician": "Choose a practitioner"})


def _in_order(since: datetime, until: datetime | None, now: datetime) -> None:
    if since > now or (until is not None and until > now):
        raise Refused("That time is still to come", errors={"came": "Enter a time that is past"})
    if until is not None and until <= since:
        raise Refused("They left before they came", errors={"went": "Correct one of the times"})


def left_open(presence: Presence) -> int:
    """How many signed doses of these minutes still say that nobody supervised."""
    doses = Administration.objects.filter(
        encounter__location=presence.location, presence=None, given_at__gte=presence.since, superseded_by=None
    )
    return doses.filter(given_at__lte=presence.until).count() if presence.until else doses.count()


@transaction.atomic
def check_out(*, presence: Presence, by: Staff, minutes_ago: int = 0, now: datetime | None = None) -> Presence:
    """From now on the practitioner is not available here, or since some minutes. Ended already, it stays as it ended.

    Doses that rest on minutes that were not covered are told at once.
    """
    need(by, "presence.write", presence)
    held = Presence.objects.select_for_update(of=("self",)).get(pk=presence.pk)
    if held.until is None:
        _left(held, by, (now or timezone.now()) - timedelta(minutes=minutes_ago))
    return held


@transaction.atomic
def went(*, presence: Presence, at: time, by: Staff) -> Presence:
    """They left at that time of the day on which they came, and nobody said so then. Ended already, it stays."""
    need(by, "presence.write", presence)
    held = Presence.objects.select_for_update(of=("self",)).get(pk=presence.pk)
    if held.until is None:
        zone = presence.practice.zone
        moment = datetime.combine(held.since.astimezone(zone).date(), at, zone)
        if moment <= held.since:
            raise Refused("They left before they came", errors={"went": "Enter a time after they came"})
        if moment > timezone.now():
            raise Refused("That time is still to come", errors={"went": "Enter a time that is past"})
        _left(held, by, moment)
    return held


def _left(held: Presence, by: Staff, moment: datetime) -> None:
    _end(held, by, moment)
    for visit in uncovered(held):
        telling.amended(visit, by)


def uncovered(presence: Presence) -> QuerySet[Encounter]:
    """The visits with a dose that was signed under this stretch and given after its end."""
    late = Administration.objects.filter(presence=presence, given_at__gt=presence.until, superseded_by=None)
    return Encounter.objects.filter(administrations__in=late).select_related("practice").distinct().order_by("pk")


def _end(presence: Presence, by: Staff, now: datetime) -> None:
    if now <= presence.since:
        raise Refused("This stretch has only just begun")
    presence.until, presence.ended_by = now, by
    presence.save(update_fields=["until", "ended_by"])


def covering(location: Location, moment: datetime) -> QuerySet[Presence]:
    """The stretches at that location that include the moment."""
    return _covering(location, moment)
