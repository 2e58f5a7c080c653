"""What Medicare would allow for a line, where a published figure says so. Unknown is not zero."""

from __future__ import annotations

from decimal import Decimal

from billing.case import Case
from billing.outcomes import Charge, Kind

CENT = Decimal("0.01")


def expected_payment(case: Case, charge: Charge) -> Decimal | None:
    """The national allowed amount of a line in dollars, or ``None`` where no figure for the day is known."""
    price = case.reference.price(charge.code)
    if price is None or case.wants("fee-schedule") != "medicare":
        return None
    drug = charge.kind in (Kind.DRUG, Kind.WASTE)
    if drug and not case.doses_of(charge):
        return None
    return (price.amount * charge.units).quantize(CENT)
