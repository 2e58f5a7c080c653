"""What followed a signed dose, as lines of its note: how the wait ended, and the log of a reaction."""

from __future__ import annotations

from collections.abc import Iterator

from injections.chart.afterwards import reaction_of
from injections.chart.reading import GIVEN
from injections.chart.waiting import waiting_of
from injections.models import Administration, Observation, Reaction
from injections.templatetags.words import clock, clock_seconds, full_day, zone_word


def followed(dose: Administration) -> Iterator[tuple[str, str]]:
    """Label and words, in the order of time. Nothing where the drug asks for no wait and nothing happened."""
    called = reaction_of(dose)
    if called is not None:
        yield from _log(called)
    seen = max(dose.observations.all(), key=lambda one: one.pk, default=None)
    if seen is not None:
        yield "After the dose", _ended(seen)
    elif called is None and dose.status in GIVEN and (waits := waiting_of(dose)) is not None:
        yield "After the dose", f"to be watched {waits.minutes} minutes, until {clock(waits.until)}; no end recorded"


def _ended(seen: Observation) -> str:
    words = f"{seen}: {seen.response}" if seen.response else f"{seen}"
    when = f"{full_day(seen.recorded_at)}, {clock(seen.recorded_at)} {zone_word(seen.recorded_at)}"
    return f"{words}. Watched {seen.minutes} minutes. {seen.recorded_by.signs_as}, {when}"


def _log(called: Reaction) -> Iterator[tuple[str, str]]:
    yield (
        "Reaction called",
        f"{full_day(called.began_at)}, {clock_seconds(called.began_at)}, {called.opened_by.signs_as}",
    )
    for entry in called.entries.select_related("noted_by").order_by("happened_at", "pk"):
        said = f"{entry.get_kind_display()}: {entry.text}"
        yield clock_seconds(entry.happened_at), f"{said} ({entry.noted_by.short_name})"
