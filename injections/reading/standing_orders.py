"""Standing orders as a page lists them: all of them, and those that somebody who is here can be given something by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from injections.chart.protocol import misfit, state_says
from injections.formulary import spelling
from injections.models import Location, Patient, Staff, StandingOrder
from injections.protocol_states import limit_of
from injections.reading.chips import Chip

#: those that are offered at once; words find the others
MOST_USED = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """One of them for one patient: why it does not fit, and what the state says against it."""

    protocol: StandingOrder
    why: str = ""
    state_says: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What fits, the most used first; what does not, with the reason; and how many more fit than are shown."""

    fitting: tuple[Offer, ...] = ()
    others: tuple[Offer, ...] = ()
    more: int = 0
    find: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One of them on the list of the practice."""

    protocol: StandingOrder
    state: Chip
    limits: tuple[str, ...]


def here(by: Staff | Any) -> QuerySet[StandingOrder]:
    """Those of the practice, ended or not."""
    return StandingOrder.objects.for_user(by).select_related("product", "signed_by", "practice", "end")


def listed(by: Staff | Any, day: date) -> list[Listed]:
    """All of them: those that hold first, then by name."""
    found = [_listed(protocol, day) for protocol in here(by).select_related("end__ended_by").order_by("name", "pk")]
    return sorted(found, key=lambda one: one.state.mark == "■")


def _listed(protocol: StandingOrder, day: date) -> Listed:
    says = (state_says(protocol, state) for state in protocol.states)
    return Listed(protocol, _state(protocol, day), tuple(sentence for sentence in says if sentence))


def _state(protocol: StandingOrder, day: date) -> Chip:
    if hasattr(protocol, "end") or day > protocol.until:
        return Chip("", "■", "Ended")
    return Chip("info", "○", "Not yet") if day < protocol.since else Chip("ok", "✓", "Holds")


def offered(by: Staff | Any, patient: Patient, place: Location | None, day: date, find: str = "") -> Offers:
    """What can be used for this patient at this place on that day, by name or drug where words are given."""
    state = place.told("state", day) if place else ""
    running = here(by).filter(end__isnull=True, since__lte=day, until__gte=day, product__withdrawn_on=None)
    rows = running.annotate(used=Count("orders")).order_by("-used", "name", "pk")
    wanted = spelling(find)
    found = [
        Offer(row, misfit(row, patient=patient, state=state, day=day), state_says(row, state))
        for row in rows
        if not wanted or any(wanted in spelling(name) for name in _names(row))
    ]
    fitting = tuple(offer for offer in found if not offer.why)
    others = tuple(offer for offer in found if offer.why)
    return Offers(fitting[:MOST_USED], others[:MOST_USED], len(fitting[MOST_USED:]), find)


def _names(protocol: StandingOrder) -> tuple[str, ...]:
    product = protocol.product
    return (protocol.name, product.name, product.display, *product.brands, *product.synonyms)


def limited(states: list[str]) -> list[tuple[str, str]]:
    """The states among these that leave only some drugs to such an order, each with its sentence."""
    limits = [(state, limit_of(state)) for state in states]
    return [(state, limit.source) for state, limit in limits if limit is not None]
