"""How much of what a plan approved is left, and for how many doses of an order that is enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from injections.models import Approval, Order
from injections.signals import approved_units_asked


class Used(NamedTuple):
    """What the bill knows of an approval: units on claim lines so far, and on the last dose alone."""

    units: int
    last_dose: int | None


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


def used(approval: Approval) -> Used:
    """As whoever bills answers; nothing is used where nobody does."""
    answers = [answer for _, answer in approved_units_asked.send(sender=Approval, approval=approval) if answer]
    return next((Used(*answer) for answer in answers), Used(0, None))


def left_of(approval: Approval) -> Left:
    if approval.units is None:
        return Left(approval, None, None)
    so_far = used(approval)
    left = max(0, approval.units - so_far.units)
    return Left(approval, left, left // so_far.last_dose if so_far.last_dose else None)


def left_for(order: Order, today: date) -> Iterator[Left]:
    """The approvals that doses of this order use from today on."""
    in_force = Q(until__isnull=True) | Q(until__gte=today)
    codes = list(order.product.codings.filter(in_force, since__lte=today).values_list("code", flat=True))
    plans = Approval.objects.filter(coverage__patient_id=order.patient_id)
    for approval in plans.for_codes(codes, today):
        yield left_of(approval)
