"""What one tap fills in on the charting page: a little more or less of the ordered dose, a time some minutes ago."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.http import HttpRequest
from django.utils import timezone

from injections.chart.ordered import number_for
from injections.models import AdministrationDraft
from injections.quantity import DimensionError, Quantity, QuantityError

#: the names of these buttons
TAPS = ("ago", "step")
#: minutes before now, as the tiles say it; 0 is now
AGO = ((0, "Now"), (5, "5 min ago"), (15, "15 min ago"), (30, "30 min ago"))
STEPS = {"less": -1, "more": 1}
#: one step is this part of the ordered dose
PART = 10
PLACES = Decimal("0.0001")


def earlier(request: HttpRequest, draft: AdministrationDraft, entries: dict[str, str]) -> bool:
    """The time so many minutes ago by the server's clock: a tablet's own may be wrong. Whether one was tapped."""
    minutes = {str(number): number for number, _ in AGO}.get(request.POST.get("ago", ""))
    if minutes is None:
        return False
    then = (timezone.now() - timedelta(minutes=minutes)).astimezone(draft.practice.zone)
    clock = f"{then:%-H:%M}" if then.date() == draft.encounter.date else then.isoformat(timespec="seconds")
    entries["given_at"] = clock if minutes else ""
    return True


def stepped(request: HttpRequest, draft: AdministrationDraft, entries: dict[str, str]) -> bool:
    """A tenth of the ordered dose more or less than what stands there; never down to nothing. Whether it changed."""
    order, way = draft.order, STEPS.get(request.POST.get("step", ""))
    ordered = order.dose_of(number_for(draft)) if order is not None else None
    if ordered is None or way is None:
        return False
    part = (ordered.amount / PART).quantize(PLACES)
    now = _stated(entries.get("dose", draft.entries.get("dose", "")), ordered.unit)
    if now is None or now + way * part <= 0:
        return False
    entries["dose"] = Quantity(now + way * part, ordered.unit).written
    return True


def _stated(text: str, unit: str) -> Decimal | None:
    """The dose on the page in the unit of the order, where it can be said in it."""
    try:
        return Quantity.parse(text).to(unit).amount
    except (QuantityError, DimensionError):
        return None
