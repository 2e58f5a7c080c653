"""Who supervised a dose: what the entry says, else the one presence that covered the minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db.models import Q, QuerySet

from injections.entries import Charted
from injections.facts import Supervision, SupervisionMode
from injections.models import Location, Presence, Staff

STATED_MODES = {"none": SupervisionMode.NONE, "audio-only": SupervisionMode.AUDIO_ONLY}


@dataclass(slots=True)
class Supervising:
    """The supervision as a fact, with the presence that it rests on."""

    fact: Supervision | None = None
    presence: Presence | None = None
    errors: dict[str, str] = field(default_factory=dict)


def covering(location: Location, moment: datetime) -> QuerySet[Presence]:
    """The stretches at that location that include the moment, with their practitioners.

    A check-in that nobody ended counts for its own day and no longer: an evening's forgotten tap is no evidence that
    somebody was there on the next morning.
    """
    still_there = Q(until__isnull=True, since__gte=beginning(location, moment)) | Q(until__gte=moment)
    rows = Presence.objects.filter(still_there, location=location, since__lte=moment)
    return rows.select_related("clinician", "asserted_by").order_by("since", "pk")


def beginning(location: Location, moment: datetime) -> datetime:
    """The first moment of that day on the practice's clock."""
    zone = location.practice.zone
    return datetime.combine(moment.astimezone(zone).date(), time.min, zone)


def supervising(location: Location, charted: Charted, given_at: object, people: Mapping[str, Staff]) -> Supervising:
    """Evidence, never a default: two practitioners in the house are a question, and nobody is *not charted*."""
    text = charted.supervisor
    if text in STATED_MODES:
        return Supervising(Supervision(STATED_MODES[text], asserted_by=_name(people)))
    if text:
        return _chosen(location, text)
    if not isinstance(given_at, datetime):
        return Supervising()
    giver = people.get("given_by")
    found = [row for row in covering(location, given_at) if giver is None or row.clinician_id != giver.pk]
    return Supervising(found[0].as_fact(), found[0]) if len(found) == 1 else Supervising()


def _chosen(location: Location, text: str) -> Supervising:
    numeric = text.isascii() and text.isdigit() and len(text) < 19
    rows = Presence.objects.filter(location=location).select_related("clinician", "asserted_by")
    chosen = rows.filter(pk=int(text)).first() if numeric else None
    if chosen is None:
        return Supervising(errors={"supervisor": "Choose who supervised"})
    return Supervising(chosen.as_fact(), chosen)


def _name(people: Mapping[str, Staff]) -> str | None:
    return people["given_by"].full_name if "given_by" in people else None
