"""Which dose of how many is next under an order, and whether any of them is left."""

from __future__ import annotations

from injections.facts import Encounter as EncounterFact
from injections.models import Order
from injections.models.order import OrderKind


def which_dose(order: Order, before: int) -> str:
    """ "dose 2 of 3" of a series; "every dose given" when none of it is left."""
    if used_up(order, before):
        return "every dose given"
    return f"dose {before + 1} of {order.doses_planned}" if order.doses_planned else f"dose {before + 1}"


def used_up(order: Order, before: int) -> bool:
    """Whether the doses given before are all that a series was ordered for."""
    return order.kind == OrderKind.SERIES and order.doses_planned is not None and before >= order.doses_planned


def doses_before(order: Order, visit: EncounterFact) -> int:
    """How many doses of the ordered drug the patient got before this visit since the order began."""
    return sum(dose.drug == order.product.key and dose.given >= order.starts_on for dose in visit.history)
