"""What Medicare would allow for a line and who pays which part. Where nothing is published it is unknown, not zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from billing.case import Case
from billing.codes import MEDICARE_VACCINE_ADMINISTRATION
from billing.outcomes import Charge, Kind
from billing.practitioners import is_physician, may_bill, rendering
from billing.vaccines import kinds_of

CENT = Decimal("0.01")
#: what Medicare pays of the fee schedule for an act under a practitioner who is no physician; drugs are paid in full
NOT_A_PHYSICIAN = Decimal("0.85")
#: vaccines for which Part B asks nothing of the patient
_WITHOUT_SHARE = frozenset({"influenza", "pneumococcal", "hepatitis-b", "covid-19"})


@dataclass(frozen=True, slots=True)
class Shares:
    """Allowed in all, the payer's part after its own cut, and the patient's part."""

    allowed: Decimal | None = None
    payer: Decimal | None = None
    patient: Decimal | None = None


def expected_payment(case: Case, charge: Charge) -> Decimal | None:
    """The national allowed amount of a line in dollars, or ``None`` where no figure for the day is known."""
    price = case.reference.price(charge.code)
    if price is None or case.wants("fee-schedule") != "medicare":
        return None
    who = rendering(case.encounter)
    acts = charge.kind in (Kind.SERVICE, Kind.ADMINISTRATION)
    reduced = acts and may_bill(who) and not is_physician(who)
    return (price.amount * charge.units * (NOT_A_PHYSICIAN if reduced else 1)).quantize(CENT)


def shares(case: Case, charge: Charge) -> Shares:
    """The three numbers of a line. The deductible is not known here, so it is taken as met."""
    allowed = expected_payment(case, charge)
    coinsurance = _percent(case, charge)
    if allowed is None or coinsurance is None:
        return Shares(allowed)
    patient = (allowed * coinsurance / 100).quantize(CENT)
    cut = _number(case.wants("sequestration")) or Decimal(0)
    return Shares(allowed, ((allowed - patient) * (100 - cut) / 100).quantize(CENT), patient)


def _percent(case: Case, charge: Charge) -> Decimal | None:
    """The patient's part in percent: as the price file has it for the code, else as the payer wants it."""
    if charge.code in MEDICARE_VACCINE_ADMINISTRATION | {"90480"} or kinds_of(case.doses_of(charge)) & _WITHOUT_SHARE:
        return Decimal(0)
    table = case.wants("coinsurance-by-code")
    own = table.get(charge.code) if isinstance(table, Mapping) else None
    return _number(own) or _number(case.wants("coinsurance"))


def _number(value: object) -> Decimal | None:
    """A percentage as a payer file may write it."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return Decimal(value)
