"""The division behind the units of a drug line, in numbers that a person can check."""

from __future__ import annotations

from fractions import Fraction

from billing.portions import Portion
from billing.supply import Supply
from billing.units import dose_given
from injections.facts import Coding
from injections.facts.once import once_for
from injections.quantity import Dimension, Quantity, format_dose, plain


def arithmetic(supply: Supply) -> str:
    """What was given, divided by what one unit stands for."""
    if len(supply.portions) == 1:
        return _of_one_container(supply.portions[0].alike, supply.units)
    return _division(supply.coding, supply.given, supply.units)


@once_for
def _of_one_container(portion: Portion, units: int) -> str:
    return _as_charted(portion) + _division(portion.coding, portion.given, units)


def _division(coding: Coding, exactly: Fraction, billed: int) -> str:
    units = "1 unit" if billed == 1 else f"{billed} units"
    if coding.amount is None:
        doses = "1 dose is 1 unit" if billed == 1 else f"{billed} doses are {units}"
        return f"This code counts doses, whatever they hold: {doses}"
    given, upto = _amount_of(coding.amount, exactly), "up to " if coding.up_to else ""
    rounded = "" if exactly.denominator == 1 else f", rounded up from {float(exactly):.4g}"
    return f"{format_dose(given)} given ÷ {upto}{format_dose(coding.amount)} per unit = {units}{rounded}"


def _amount_of(unit: Quantity, times: Fraction) -> Quantity:
    return Quantity(unit.amount * times.numerator / times.denominator, unit.unit)


def _as_charted(portion: Portion) -> str:
    """What was charted, where that is another measure than the code's: milliliters, or one syringe."""
    charted, unit = dose_given(portion.dose), portion.coding.amount
    if charted is None or unit is None or charted.dimension is unit.dimension:
        return ""
    given = format_dose(_amount_of(unit, portion.given))
    if charted.dimension is Dimension.COUNT:
        held = "container holds" if charted.amount == 1 else "containers hold"
        return f"{plain(charted.amount)} {held} {given}; "
    return f"{format_dose(charted)} is {given}; "
