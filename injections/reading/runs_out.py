"""What runs out first for an order: its next dose, its last day, what the plan approved, or the stock it needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from injections.chart.due import next_dose
from injections.models import Location, Order
from injections.reading.approved import left_for
from injections.reading.chips import Chip
from injections.reading.series import which_dose
from injections.reading.vial import shelf
from injections.templatetags.words import full_day

FEW = 2


class Limit(NamedTuple):
    """One thing that ends: when, in words, and whether somebody should act."""

    on: date | None
    words: str
    chip: Chip | None


def first_of(order: Order, place: Location) -> list[Limit]:
    """What ends soonest stands first; what has no day stands last."""
    today = timezone.localdate()
    found = [*_dose(order, today), *_order(order, today), *_approved(order, place, today), *_stock(order, place, today)]
    return sorted(found, key=lambda limit: (limit.on is None, limit.on or today))


def _dose(order: Order, today: date) -> list[Limit]:
    due = next_dose(order)
    if due is None:
        return []
    first, last = full_day(due.earliest), full_day(due.latest)
    window = f"on {first}" if first == last else f"from {first} to {last}"
    late = Chip("warn", "▲", "Late") if due.is_late(today) else None
    which = which_dose(order, due.number)
    return [Limit(due.on, f"{which[:1].upper()}{which[1:]} is due, {window}", late)]


def _order(order: Order, today: date) -> list[Limit]:
    if order.expires_on is None or order.stopped_on is not None:
        return []
    ended = Chip("warn", "▲", "Ended") if order.expires_on < today else None
    return [Limit(order.expires_on, "The order ends", ended)]


def _approved(order: Order, place: Location, today: date) -> Iterator[Limit]:
    """What the plan approved ends with its last day, or on the day of the first dose that it is not enough for."""
    due = next_dose(order)
    for left in left_for(order, today, place):
        ends = [left.approval.until] if left.approval.until else []
        if left.doses is not None and due is not None and (short_of := due.after(left.doses)) is not None:
            ends.append(short_of)
        short = left.units == 0 or left.doses == 0
        chip = Chip("warn", "▲", "Ask for more") if short else None
        yield Limit(min(ends, default=None), left.words, chip)


def _stock(order: Order, place: Location, today: date) -> list[Limit]:
    lots = list(shelf(place, order.product.key, today))
    if not lots:
        return [Limit(today, f"No good lot at {place.name}", Chip("warn", "▲", "Order more"))]
    left = sum(lot.on_hand for lot in lots)
    few = Chip("warn", "▲", "Few left") if left <= FEW else None
    return [Limit(lots[0].expires_on, f"Lot {lots[0].number} expires, {lots[0].on_hand} of {left} left here", few)]
