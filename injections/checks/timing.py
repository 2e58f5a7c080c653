"""Timing: whether the times in the record can all be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from injections.checks.names import words
from injections.checks.rule import check, gap, treatments, warning
from injections.facts import Administration, Encounter, known
from injections.findings import Finding


def zone(encounter: Encounter) -> tzinfo | None:
    """The practice's time zone; ``None`` where its name is unknown, and then only clocks of one kind compare."""
    try:
        return ZoneInfo(encounter.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local(moment: datetime | None, where: tzinfo | None) -> datetime | None:
    """The moment on the practice's clock, without its zone; a moment without zone is on that clock already."""
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(where).replace(tzinfo=None) if where is not None else None


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


@check
def given_on_another_day(encounter: Encounter) -> Iterator[Finding]:
    """The time of the dose is not on the day of the visit

    Expiry, codes and prices all go by the day of the visit.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        given = local(known(dose.given_at), where)
        if given is not None and given.date() != encounter.date:
            because = f"given {_clock(given)}, the visit is of {encounter.date}"
            yield gap(dose, "given_at", fix="Correct the time", because=because)


@check
def stopped_before_started(encounter: Encounter) -> Iterator[Finding]:
    """The dose ends before it begins

    One of the two times is mistyped.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        given, stopped = local(known(dose.given_at), where), local(known(dose.stopped_at), where)
        if given is not None and stopped is not None and stopped < given:
            because = f"from {_clock(given)} to {_clock(stopped)}"
            yield gap(dose, "stopped_at", "given_at", fix="Correct the start or the stop time", because=because)


@check
def charted_before_given(encounter: Encounter) -> Iterator[Finding]:
    """The dose was charted before it was given

    A record says what happened, so it cannot be older than what it tells.
    """
    where = zone(encounter)
    for dose in treatments(encounter):
        given = local(known(dose.given_at), where)
        for field, moment in (("signed_at", dose.signed_at), ("charted_at", dose.charted_at)):
            written = local(moment, where)
            if given is not None and written is not None and _minute(written) < _minute(given):
                because = f"given {_clock(given)}, {field.removesuffix('_at')} {_clock(written)}"
                speak = gap if field == "signed_at" else warning
                yield speak(dose, "given_at", field, fix="Correct the time of the dose", because=because)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


@check
def charted_twice(encounter: Encounter) -> Iterator[Finding]:
    """The same dose seems to be charted twice

    Same drug, same place, same minute: one injection makes one record.
    """
    seen: dict[tuple[object, ...], Administration] = {}
    where = zone(encounter)
    for dose in treatments(encounter):
        mark = _mark(dose, local(known(dose.given_at), where))
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


CHECKS = (given_on_another_day, stopped_before_started, charted_before_given, charted_twice)
