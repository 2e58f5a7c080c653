"""How much of what a plan approved is left, and for how many doses of an order that is enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from injections.facts import Administration
from injections.models import Approval, Location, Order
from injections.reading.coming import coming
from injections.signals import approved_units_asked


class Left(NamedTuple):
    """An approval with the units that are left of it and the doses it is enough for; ``None``: no limit, unknown."""

    approval: Approval
    units: int | None
    doses: int | None

    @property
    def words(self) -> str:
        """ "Approval A-1: 120 of 360 units left, enough for 2 doses"."""
        if self.units is None:
            return f"Approval {self.approval.number}: no limit of units"
        said = f"Approval {self.approval.number}: {self.units:,} of {self.approval.units:,} units left"
        if self.doses is None:
            return said
        return f"{said}, enough for {self.doses} dose{'' if self.doses == 1 else 's'}"


def left_of(approval: Approval, order: Order | None = None, place: Location | None = None) -> Left:
    """What is left, and for how many doses of the order: of the one that needs this code, where none is named."""
    if approval.units is None:
        return Left(approval, None, None)
    order = order or _ordered(approval)
    used, each = _asked(approval, coming(order, place) if order is not None else ())
    left = max(0, approval.units - used)
    return Left(approval, left, enough_for(left, each))


def left_for(order: Order, today: date, place: Location | None = None) -> Iterator[Left]:
    """The approvals that doses of this order use from today on, drawn from what lies at the place."""
    in_force = Q(until__isnull=True) | Q(until__gte=today)
    codes = list(order.product.codings.filter(in_force, since__lte=today).values_list("code", flat=True))
    plans = Approval.objects.filter(coverage__patient_id=order.patient_id)
    for approval in plans.for_codes(codes, today):
        yield left_of(approval, order, place)


def enough_for(units: int, each: Sequence[int | None]) -> int | None:
    """How many doses, where each takes so many units and the last of them is repeated; ``None`` where one is unknown.

    >>> enough_for(100, [40, 10])
    7
    """
    doses, known = 0, [taken for taken in each if taken]
    if not known or len(known) < len(each):
        return None
    for taken in known:
        if taken > units:
            return doses
        units, doses = units - taken, doses + 1
    return doses + units // known[-1]


def _ordered(approval: Approval) -> Order | None:
    """The patient's order that this code is for, the newest of those that stand."""
    patient = approval.coverage.patient_id
    orders = Order.objects.filter(patient_id=patient, product__codings__code=approval.code, stopped_on=None)
    return orders.select_related("product", "pause").order_by("-ordered_on", "-pk").first()


def _asked(approval: Approval, doses: tuple[Administration, ...]) -> tuple[int, tuple[int | None, ...]]:
    """As whoever bills answers; nothing is used where nobody does."""
    answers: list[Any] = [answer for _, answer in approved_units_asked.send(Approval, approval=approval, doses=doses)]
    told: tuple[int, tuple[int | None, ...]] = next((answer for answer in answers if answer), (0, ()))
    return told
