"""The vial that nobody named, where a question asked us to take documentation for granted. Never for a chart."""

from __future__ import annotations

from fractions import Fraction

from billing.units import Unclear, dose_given, in_dimension, packages_of
from injections.facts import ASSUMED, Administration, Package, known
from injections.facts.once import once
from injections.quantity import Dimension, Quantity, format_dose

#: more of them in one dose are never counted out
FEW_VIALS = 10


@once
def assumed_package(dose: Administration) -> Package | None:
    """The single-dose package that the dose, with what is said to be thrown away, empties exactly."""
    if not may_be_assumed(dose):
        return None
    single = (p for p in sorted(packages_of(dose), key=lambda p: p.ndc) if p.single_dose)
    emptied = [p for p in single if packages_emptied(p, dose)]
    return min(emptied, key=lambda p: packages_emptied(p, dose), default=None)


@once
def assumed_single_dose(dose: Administration) -> bool:
    """Whether the vials are taken as single-dose: one kind fits, or nothing is left and no other kind is known."""
    if assumed_package(dose) is not None:
        return True
    kinds = {p.single_dose for p in packages_of(dose)}
    lost = known(dose.discarded)
    return may_be_assumed(dose) and kinds == {True} and lost is not None and lost.amount == 0


def may_be_assumed(dose: Administration) -> bool:
    """Nobody said from which vial the drug came, and we may take one for granted: never where a rest is left open."""
    package = dose.package
    stated = package is not None and bool(package.ndc or package.holds or package.single_dose is False)
    told = dose.discarded is ASSUMED or (dose.vial_assumed and known(dose.discarded) is not None)
    return not stated and not dose.containers and told


def fits_no_vial(dose: Administration) -> str:
    """Why the dose and its rest can be of no vial that we know, in numbers; empty where they can, or nobody can tell.

    Only for a drug that comes in single-dose vials alone, whose rest is charted and whose vial is not.
    """
    kinds, lost, given = packages_of(dose), known(dose.discarded), dose_given(dose)
    stated = (dose.package is not None and dose.package.holds is not None) or bool(dose.containers)
    if stated or {p.single_dose for p in kinds} != {True} or given is None or lost is None or not lost.amount:
        return ""
    holds = sorted({p.holds for p in kinds if p.holds is not None}, key=lambda h: h.in_smallest)
    measured = [_packages_in(amount, kinds[0], dose) for amount in (given, lost, *holds)]
    parts = [part for part in measured if part is not None]
    if len(parts) < len(measured) or _is_made_of(parts[0] + parts[1], parts[2:]):
        return ""
    return f"{format_dose(given)} given + {format_dose(lost)} thrown away; vials: {', '.join(map(format_dose, holds))}"


def _is_made_of(total: Fraction, sizes: list[Fraction]) -> bool:
    """Whether a few whole vials of these sizes, in any mixture, hold exactly so much; of many nobody can tell."""
    reached = {Fraction(0)}
    for _ in range(FEW_VIALS):
        reached |= {have + size for have in reached for size in sizes if have + size <= total}
    return total in reached or total > FEW_VIALS * min(sizes, default=total)


def packages_emptied(package: Package, dose: Administration) -> int:
    """How many such packages the dose and its rest empty exactly; 0 where they do not or cannot be compared."""
    amounts = (dose_given(dose), known(dose.discarded))
    parts = [_packages_in(a, package, dose) for a in amounts if a is not None]
    times = sum((p for p in parts if p is not None), Fraction(0))
    return times.numerator if None not in parts and times.denominator == 1 and times > 0 else 0


def _packages_in(amount: Quantity, package: Package, dose: Administration) -> Fraction | None:
    if amount.amount == 0:
        return Fraction(0)
    if package.holds is None or package.holds.amount == 0:
        return None
    if amount.dimension is Dimension.COUNT and package.holds.dimension is not Dimension.COUNT:
        return Fraction(amount.amount)
    same = in_dimension(amount, package.holds, dose)
    return None if isinstance(same, Unclear) else same.over(package.holds)
