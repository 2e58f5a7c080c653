"""Timing: whether the times in the record can all be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from injections.checks.names import words
from injections.checks.rule import check, gap, treatments, warning
from injections.days import written_day, written_moment
from injections.facts import Administration, Clinician, Encounter, Supervision, known
from injections.facts.once import once
from injections.findings import Finding

#: what is charted within this time is charted at the time of care
NO_TIME, AT_THE_TIME = timedelta(0), timedelta(hours=4)


def zone(encounter: Encounter) -> tzinfo | None:
    """The practice's time zone; ``None`` where its name is unknown, and then only clocks of one kind compare."""
    return _zone(encounter.time_zone)


@lru_cache(maxsize=1024)
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local(moment: datetime | None, where: tzinfo | None) -> datetime | None:
    """The moment on the practice's clock, without its zone; a moment without zone is on that clock already."""
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(where).replace(tzinfo=None) if where is not None else None


def _given(encounter: Encounter, dose: Administration) -> datetime | None:
    """When the treatment was given, on the practice's clock."""
    return _times(encounter)[id(dose)]


@once
def _times(encounter: Encounter) -> dict[int, datetime | None]:
    where = zone(encounter)
    return {id(dose): local(known(dose.given_at), where) for dose in treatments(encounter)}


def is_odd(encounter: Encounter, dose: Administration) -> bool:
    """Whether its times are not the usual ones: on the day, while the supervisor was there, charted within hours."""
    where = zone(encounter)
    given = local(known(dose.given_at), where)
    if given is None or given.date() != encounter.date:
        return True
    charted, signed = local(dose.charted_at, where), local(dose.signed_at, where)
    if charted is not None and (charted.date() != given.date() or not NO_TIME <= charted - given <= AT_THE_TIME):
        return True
    since, until = _presence(known(encounter.supervision_of(dose)), where)
    there = (since is None or since <= given) and (until is None or given <= until)
    return not there or (signed is not None and signed < given)


@check(applies=("odd times",))
def given_on_another_day(encounter: Encounter) -> Iterator[Finding]:
    """The time of the dose is not on the day of the visit

    Expiry, codes and prices all go by the day of the visit.
    """
    for dose in treatments(encounter):
        given = _given(encounter, dose)
        if given is not None and given.date() != encounter.date:
            because = f"given {written_moment(given)}, the visit is of {written_day(encounter.date)}"
            yield gap(dose, "given_at", fix="Correct the time", because=because)


@check(applies=("stopped_at",))
def stopped_before_started(encounter: Encounter) -> Iterator[Finding]:
    """The dose ends before it begins

    One of the two times is mistyped.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        given, stopped = _given(encounter, dose), local(known(dose.stopped_at), where)
        if given is not None and stopped is not None and stopped < given:
            because = f"from {written_moment(given)} to {written_moment(stopped)}"
            yield gap(dose, "stopped_at", "given_at", fix="Correct the start or the stop time", because=because)


#: the longest infusion of an office; a pump that is worn home is not one
LONGEST = timedelta(hours=24)


@check(applies=("stopped_at",))
def lasts_more_than_a_day(encounter: Encounter) -> Iterator[Finding]:
    """The dose is charted as going on for more than a day

    Every hour of an infusion is billed. The day of one of the two times is mistyped.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        given, stopped = _given(encounter, dose), local(known(dose.stopped_at), where)
        if given is not None and stopped is not None and stopped - given > LONGEST:
            because = f"from {written_moment(given)} to {written_moment(stopped)}"
            yield gap(dose, "stopped_at", "given_at", fix="Correct the start or the stop time", because=because)


@check(applies=("odd times",))
def charted_before_given(encounter: Encounter) -> Iterator[Finding]:
    """The dose was charted before it was given

    A record says what happened, so it cannot be older than what it tells.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        given = _given(encounter, dose)
        for field, moment in (("signed_at", dose.signed_at), ("charted_at", dose.charted_at)):
            written = local(moment, where)
            if given is not None and written is not None and written < given and _minute(written) < _minute(given):
                because = f"given {written_moment(given)}, {field.removesuffix('_at')} {written_moment(written)}"
                speak = gap if field == "signed_at" else warning
                yield speak(dose, "given_at", field, fix="Correct the time of the dose", because=because)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


@check(applies=("odd times",))
def charted_hours_later(encounter: Encounter) -> Iterator[Finding]:
    """The dose was charted more than 4 hours later

    What is written down hours afterwards rests on memory or on paper: the record says why, and keeps both times.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        given, charted = _given(encounter, dose), local(dose.charted_at, where)
        if given is None or charted is None or charted.date() > given.date():
            continue
        if charted - given > AT_THE_TIME:
            because = f"given {written_moment(given)}, charted {written_moment(charted)}"
            yield warning(dose, "charted_at", fix="Say why it is charted only now", because=because)


@check(applies=("odd times",))
def charted_on_a_later_day(encounter: Encounter) -> Iterator[Finding]:
    """The dose was charted on a later day

    A late entry is a true record when it says that it is one. An auditor asks who wrote it, and when.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        given, charted = _given(encounter, dose), local(dose.charted_at, where)
        if given is not None and charted is not None and charted.date() > given.date():
            because = f"given {written_moment(given)}, charted {written_moment(charted)}"
            yield warning(dose, "charted_at", fix="Say why it is charted only now", because=because)


@check(applies=("odd times",))
def presence_ends_before_it_begins(encounter: Encounter) -> Iterator[Finding]:
    """The supervisor left before arriving

    One of the two times is mistyped, and nobody can tell which.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        since, until = _presence(known(encounter.supervision_of(dose)), where)
        if since is not None and until is not None and until < since:
            because = f"on hand from {written_moment(since)} to {written_moment(until)}"
            fix = "Correct the times of the supervisor"
            yield gap(dose, "supervision.from", "supervision.to", fix=fix, because=because)


@check(applies=("odd times",))
def giver_charted_away(encounter: Encounter) -> Iterator[Finding]:
    """The person who gave the dose is charted as away at that time

    Nobody gives a dose in a place where they are not.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        stated, giver = known(encounter.supervision_of(dose)), known(dose.given_by)
        given, (since, until) = _given(encounter, dose), _presence(stated, where)
        if given is None or stated is None or not _same_person(giver, stated.clinician):
            continue
        if (since is not None and given < since) or (until is not None and until < given):
            hours = " ".join(f"{word} {moment:%H:%M}" for word, moment in (("from", since), ("to", until)) if moment)
            because = f"{giver.name if giver else ''} gave it at {given:%H:%M} and is charted as there {hours}"
            fields = ("given_at", "supervision.from", "supervision.to")
            yield gap(dose, *fields, fix="Correct the times, or say who gave it", because=because)


def _presence(stated: Supervision | None, where: tzinfo | None) -> tuple[datetime | None, datetime | None]:
    return (local(stated.since, where), local(stated.until, where)) if stated is not None else (None, None)


def _same_person(one: Clinician | None, other: Clinician | None) -> bool:
    if one is None or other is None:
        return False
    return one.npi == other.npi if one.npi and other.npi else words(one.name) == words(other.name) != ()


@check(applies=("several doses",))
def charted_twice(encounter: Encounter) -> Iterator[Finding]:
    """The same dose seems to be charted twice

    Same drug, same place, same minute: one injection makes one record.
    """
    seen: dict[tuple[object, ...], Administration] = {}
    for dose in treatments(encounter):
        mark = _mark(dose, _given(encounter, dose))
        if mark is not None and mark in seen:
            because = f"as dose {seen[mark].id}"
            yield gap(dose, "given_at", "site", fix="Mark one of them as entered in error", because=because)
        elif mark is not None:
            seen[mark] = dose


def _mark(dose: Administration, given: datetime | None) -> tuple[object, ...] | None:
    """What two records of one injection have in common; ``None`` where too little is charted to tell."""
    site, drug = known(dose.site), dose.product.key if dose.product else " ".join(words(dose.drug or ""))
    if given is None or not site or not drug:
        return None
    return drug, words(site), known(dose.side), _minute(given), dose.dose


CHECKS = (
    given_on_another_day,
    stopped_before_started,
    lasts_more_than_a_day,
    charted_before_given,
    charted_hours_later,
    charted_on_a_later_day,
    presence_ends_before_it_begins,
    giver_charted_away,
    charted_twice,
)
