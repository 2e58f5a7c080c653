"""What doses to come would take of an approval: asked of the engine, as every unit is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from billing import engine
from billing.actions.context import named
from billing.actions.review import in_force
from billing.context import BillingContext
from injections import facts


def units_of(approval: Any, doses: Iterable[facts.Administration]) -> tuple[int | None, ...]:
    """The units of the approved code on each dose's claim, waste included; ``None`` where it would have none."""
    return tuple(_units(approval, dose) for dose in doses)


def _units(approval: Any, dose: facts.Administration) -> int | None:
    reference, plan = in_force(approval.practice_id), approval.coverage
    today = timezone.localdate()
    visit = facts.Encounter(date=today, patient=plan.patient.as_fact(today), administrations=(dose,))
    case = engine.review(visit, BillingContext(payer=named(plan.payer_key, reference)), reference)
    return sum(charge.units for charge in case.charges if charge.code == approval.code) or None
