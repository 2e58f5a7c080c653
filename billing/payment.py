"""What Medicare would allow for a line and who pays which part. Where nothing is published it is unknown, not zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from billing.case import Case
from billing.codes import MEDICARE_VACCINE_ADMINISTRATION
from billing.outcomes import Charge, Kind
from billing.practitioners import is_physician, may_bill, rendering
from billing.reference.tables import Price
from billing.vaccines import kinds_of

CENT = Decimal("0.01")
WHOLE = Decimal(1)
HUNDRED = Decimal(100)
#: what Medicare pays of the fee schedule for an act under a practitioner who is no physician; drugs are paid in full
NOT_A_PHYSICIAN = Decimal("0.85")
#: a procedure on both sides (modifier 50), and each procedure of a day after the dearest, as the schedule's marks say
BOTH_SIDES, LATER_PROCEDURE = Decimal("1.5"), Decimal("0.5")
_BOTH_SIDES_MARK, _LATER_MARK = "1", "2"
#: vaccines for which Part B asks nothing of the patient
_WITHOUT_SHARE = frozenset({"influenza", "pneumococcal", "hepatitis-b", "covid-19"})


@dataclass(frozen=True, slots=True)
class Shares:
    """Allowed in all, the payer's part after its own cut, and the patient's part."""

    allowed: Decimal | None = None
    payer: Decimal | None = None
    patient: Decimal | None = None


def unit_price(case: Case, charge: Charge) -> Price | None:
    """The price of one unit on the day, in the place and locality of the visit; ``None`` where no figure is known."""
    if case.wants("fee-schedule") != "medicare":
        return None
    if charge.kind in (Kind.DRUG, Kind.WASTE):
        return case.reference.drug_price(charge.code)
    place = case.reference.place(case.encounter.place_of_service)
    facility = place is not None and place.facility
    return case.reference.fee(charge.code, facility=facility, locality=case.context.locality)


def expected_payment(case: Case, charge: Charge) -> Decimal | None:
    """The allowed amount of a line in dollars, or ``None`` where no figure for the day is known."""
    price = unit_price(case, charge)
    if price is None:
        return None
    who = rendering(case.encounter)
    acts = charge.kind in (Kind.SERVICE, Kind.ADMINISTRATION)
    reduced = acts and may_bill(who) and not is_physician(who)
    counted = _counted(case, charge, price)
    return (price.amount * counted * (NOT_A_PHYSICIAN if reduced else 1)).quantize(CENT, ROUND_HALF_UP)


def _counted(case: Case, charge: Charge, price: Price) -> Decimal:
    """How many times the price is paid: once a unit, unless the schedule marks the procedure."""
    sides = BOTH_SIDES if price.bilateral == _BOTH_SIDES_MARK and "50" in charge.modifiers else WHOLE
    if price.multiple != _LATER_MARK:
        return sides * charge.units
    whole = 1 if _is_dearest(case, charge, price) else 0
    return sides * (whole + (charge.units - whole) * LATER_PROCEDURE)


def _is_dearest(case: Case, charge: Charge, price: Price) -> bool:
    """Whether no other procedure of the day costs more; of equal ones the first on the claim."""
    for other in case.of(Kind.SERVICE, Kind.ADMINISTRATION):
        rival = price if other.key == charge.key else unit_price(case, other)
        if other.key == charge.key or rival is None or rival.multiple != _LATER_MARK:
            continue
        first = case.charges.index(other) < case.charges.index(charge)
        if rival.amount > price.amount or (rival.amount == price.amount and first):
            return False
    return True


def shares(case: Case, charge: Charge) -> Shares:
    """The three numbers of a line. The deductible is not known here, so it is taken as met."""
    allowed = expected_payment(case, charge)
    coinsurance = _percent(case, charge)
    if allowed is None or coinsurance is None:
        return Shares(allowed)
    patient = (allowed * coinsurance / HUNDRED).quantize(CENT, ROUND_HALF_UP)
    cut = _number(case.wants("sequestration")) or Decimal(0)
    payer = ((allowed - patient) * (HUNDRED - cut) / HUNDRED).quantize(CENT, ROUND_HALF_UP)
    return Shares(allowed, payer, patient)


def _percent(case: Case, charge: Charge) -> Decimal | None:
    """The patient's part in percent: as the price file has it for the code, else as the payer wants it."""
    if charge.code in MEDICARE_VACCINE_ADMINISTRATION | {"90480"} or kinds_of(case.doses_of(charge)) & _WITHOUT_SHARE:
        return Decimal(0)
    price = unit_price(case, charge)
    if price is not None and price.coinsurance is not None:
        return price.coinsurance
    table = case.wants("coinsurance-by-code")
    own = _number(table.get(charge.code)) if isinstance(table, Mapping) else None
    return _number(case.wants("coinsurance")) if own is None else own


def _number(value: object) -> Decimal | None:
    """A percentage as a payer file may write it; what is none counts as not said."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= HUNDRED else None
