"""Amounts of a dose that can be compared: only where their measures agree or the label gives a strength."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from injections.checks.vials import vials_of
from injections.facts import Administration, Encounter, Equation, Patient, Product, known
from injections.facts.once import once
from injections.facts.people import HEIGHT_CM
from injections.quantity import Concentration, Quantity, format_dose
from injections.routes import parse_route

#: an amount read off a syringe and worked out through a strength is right to about one part in a hundred
SYRINGE_PARTS = 100
#: centimeters times kilograms in the root of Mosteller's formula
MOSTELLER = 3600
#: by these a drug goes in as it comes; into joints, tendons and nerves it is drawn up with an anesthetic
_AS_IT_COMES = ("IM", "SC", "ID", "on-body", "intravitreal", None)
_MIXED_IN = frozenset({"anaesthetic", "diluent"})


def in_measure_of(
    amount: Quantity, measure: Quantity, concentration: Concentration | None, equation: Equation | None = None
) -> Quantity | None:
    """The amount in the dimension of another one; ``None`` where neither strength nor equation makes that true."""
    found = _through(amount, measure, concentration)
    if found is not None or equation is None or not equation.one.amount or not equation.other.amount:
        return found
    for one, other in ((equation.one, equation.other), (equation.other, equation.one)):
        step = _through(amount, one, concentration)
        found = found or (_through(_proportional(step, one, other), measure, concentration) if step else None)
    return found


def equation_of(dose: Administration) -> Equation | None:
    """How the drug's label turns one measure into another, where it does."""
    return dose.product.equals if dose.product else None


def _proportional(amount: Quantity, one: Quantity, other: Quantity) -> Quantity:
    share = amount.over(one)
    return Quantity(other.amount * share.numerator / share.denominator, other.unit)


def _through(amount: Quantity, measure: Quantity, concentration: Concentration | None) -> Quantity | None:
    if amount.dimension is measure.dimension:
        return amount
    if concentration is None or concentration.volume.amount == 0 or concentration.drug.amount == 0:
        return None
    dimensions = (amount.dimension, measure.dimension)
    if dimensions == (concentration.volume.dimension, concentration.drug.dimension):
        return concentration.drug_in(amount)
    if dimensions == (concentration.drug.dimension, concentration.volume.dimension):
        return concentration.volume_of(amount)
    return None


def strength(dose: Administration) -> Concentration | None:
    """How much drug stands in how much liquid: of the packages in hand, where all agree; without one, the drug's
    only strength."""
    possible = strengths(dose)
    return possible[0] if len(possible) == 1 else None


@once
def strengths(dose: Administration) -> tuple[Concentration, ...]:
    """Every strength that the dose can have had: the one of the packages in hand; without one, all those of the drug.

    None where a package may have any, such as a powder, and where the packages in hand disagree.
    """
    stated = [vial.package for vial in vials_of(dose) if vial.package is not None]
    if not stated:
        return _strengths_of(dose.product) if dose.product else ()
    found = _different(package.concentration for package in stated)
    return found if len(found) == 1 else ()


@once
def _strengths_of(product: Product) -> tuple[Concentration, ...]:
    strengths = [p.concentration for p in product.containers]
    known_ones = [one for one in strengths if one]
    single = _different(known_ones)
    return single if len(single) == 1 else _different(strengths)


def _different(strengths: Iterable[Concentration | None]) -> tuple[Concentration, ...]:
    """Each strength once; nothing where one of them is not known."""
    found: list[Concentration] = []
    for one in strengths:
        if one is None:
            return ()
        if not any(_same(one, other) for other in found):
            found.append(one)
    return tuple(found)


@once
def held_by_each(dose: Administration) -> Quantity | None:
    """What one package holds, for a dose that is counted ("1 vial"): the one in hand, else the drug's only size."""
    if dose.package is not None and dose.package.holds is not None:
        return dose.package.holds
    sizes = {p.holds for p in dose.product.containers if p.holds is not None} if dose.product else set()
    return next(iter(sizes)) if len(sizes) == 1 else None


def _same(one: Concentration, other: Concentration) -> bool:
    """Whether two strengths are one; never where a part of them is zero."""
    parts = (one.drug, one.volume, other.drug, other.volume)
    alike = one.drug.dimension is other.drug.dimension and one.volume.dimension is other.volume.dimension
    if not alike or not all(part.amount for part in parts):
        return False
    return one.drug.over(other.drug) == one.volume.over(other.volume)


def ordered_dose(dose: Administration) -> Quantity | None:
    """How much was ordered: as charted with the dose, else as the order says."""
    order = known(dose.order)
    return dose.ordered_dose or (order.dose if order else None)


def differs(one: Quantity, other: Quantity, *, parts: int) -> bool:
    """Whether two amounts of one dimension lie further apart than one part in ``parts`` of the larger."""
    smaller, larger = min(one, other), max(one, other)
    return (larger - smaller).times(parts) > larger


def may_be_mixed(encounter: Encounter, dose: Administration) -> bool:
    """Whether the charted volume may hold more than the drug: a fluid beside it, or a place where one is usual."""
    beside = any(other.purpose in _MIXED_IN for other in encounter.doses_given)
    named = re.search(r"\bwith\b|\+|caine|saline|dilut", (dose.drug or "").casefold()) is not None
    return beside or named or dose.syringe is not None or parse_route(known(dose.route)) not in _AS_IT_COMES


def shown(amount: Quantity) -> str:
    """The amount for a sentence; one that was worked out is rounded to a thousandth."""
    thousandths = amount.amount * 1000
    if thousandths == thousandths.to_integral_value() or amount.amount > 10**12 or thousandths < 1:
        return format_dose(amount)
    return format_dose(Quantity(round(amount.amount, 3), amount.unit))


def body_surface(patient: Patient) -> Decimal | None:
    """Square meters, to a hundredth, from height and weight (Mosteller 1987); ``None`` unless both can be right."""
    weight, height = usable_weight(patient), patient.height_cm
    shortest, tallest = HEIGHT_CM
    if weight is None or height is None or not height.is_finite() or not shortest <= height <= tallest:
        return None
    return (height * weight / MOSTELLER).sqrt().quantize(Decimal("0.01"))


def usable_weight(patient: Patient) -> Decimal | None:
    """The patient's weight where it is a weight; a zero or a slip of the pen is none."""
    weight = patient.weight_kg
    return weight if weight is not None and weight.is_finite() and weight > 0 else None
