"""What Medicare would allow for a line, where a published figure says so. Unknown is not zero."""

from __future__ import annotations

from decimal import Decimal

from billing.case import Case
from billing.outcomes import Charge, Kind
from billing.practitioners import is_physician, may_bill, rendering

CENT = Decimal("0.01")
#: what Medicare pays of the fee schedule for an act under a practitioner who is no physician; drugs are paid in full
NOT_A_PHYSICIAN = Decimal("0.85")


def expected_payment(case: Case, charge: Charge) -> Decimal | None:
    """The national allowed amount of a line in dollars, or ``None`` where no figure for the day is known."""
    price = case.reference.price(charge.code)
    if price is None or case.wants("fee-schedule") != "medicare":
        return None
    who = rendering(case.encounter)
    acts = charge.kind in (Kind.SERVICE, Kind.ADMINISTRATION)
    reduced = acts and may_bill(who) and not is_physician(who)
    return (price.amount * charge.units * (NOT_A_PHYSICIAN if reduced else 1)).quantize(CENT)
