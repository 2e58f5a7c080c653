"""Waste: what became of the drug that was left in the vial."""

from __future__ import annotations

from collections.abc import Iterator

from injections.checks.amounts import SYRINGE_PARTS, differs, equation_of, in_measure_of, shown, strength
from injections.checks.rule import check, gap, softened, warning
from injections.checks.vials import Vial, discarded_any, vials_of
from injections.facts import Administration, Encounter, Equation, Status, known
from injections.findings import Finding, Until
from injections.quantity import Dimension, Quantity

LEAVES = Until.PATIENT_LEAVES


@check(applies=("no discarded", "containers"))
def discarded_amount_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The amount thrown away is not charted

    What is left in a single-dose vial must be discarded; nothing left is an answer too, but it has to be said.
    """
    for dose in encounter.doses_given:
        for vial in vials_of(dose):
            if vial.single_dose and vial.discarded is None:
                fix = "Enter the amount thrown away, 0 if none"
                found = gap(dose, vial.field("discarded"), fix=fix, until=LEAVES)
                yield softened(found, dose.product, "package.single_dose")


@check(applies=("some discarded", "containers"))
def discarded_in_another_measure(encounter: Encounter) -> Iterator[Finding]:
    """What was thrown away is in another measure than the vial

    Milligrams and units only convert through a strength that stands on the label, so nothing adds up.
    """
    for dose in encounter.doses_given:
        for vial in vials_of(dose):
            thrown, measure = known(vial.discarded), vial.holds or vial.used
            if thrown is None or not thrown.amount or measure is None or _counted(thrown, measure):
                continue
            concentration = vial.package.concentration if vial.package else strength(dose)
            if in_measure_of(thrown, measure, concentration, equation_of(dose)) is None:
                because = f"{shown(thrown)} thrown away, {shown(measure)} {'in the vial' if vial.holds else 'given'}"
                fix = "Enter it in the measure of the label"
                yield gap(dose, vial.field("discarded"), fix=fix, because=because)


def _counted(*amounts: Quantity) -> bool:
    return any(amount.dimension is Dimension.COUNT for amount in amounts)


@check(applies=("package", "containers"))
def package_kind_unknown(encounter: Encounter) -> Iterator[Finding]:
    """Nobody has said whether the vial is single-dose or multi-dose

    What is left in it may be kept or must be discarded, depending on the label.
    """
    for dose in encounter.doses_given:
        for vial in vials_of(dose):
            if vial.package is not None and vial.single_dose is None:
                field = vial.field("single_dose" if vial.at else "package.single_dose")
                fix = "Say whether the label reads single-dose or multi-dose"
                yield warning(dose, field, fix=fix, until=LEAVES)


@check(applies=("package", "containers"))
def remainder_unaccounted(encounter: Encounter) -> Iterator[Finding]:
    """A part of the single-dose vial is unaccounted for

    Given and thrown away together are what the label promises, unless another patient had the rest.
    """
    for dose in encounter.doses_given:
        for vial in vials_of(dose):
            rest = None if dose.vial_shared else _rest_of(vial, equation_of(dose))
            if vial.single_dose and rest is not None and rest.amount > 0:
                because = f"{shown(rest)} was neither given nor thrown away"
                yield warning(dose, vial.field("discarded"), fix="Say what became of the rest", because=because)


def _rest_of(vial: Vial, equation: Equation | None) -> Quantity | None:
    """What the label promises beyond what was used and thrown away; ``None`` where it cannot be told."""
    thrown = known(vial.discarded)
    if vial.holds is None or vial.used is None or thrown is None or vial.opened < 1:
        return None
    concentration = vial.package.concentration if vial.package else None
    amounts = [in_measure_of(amount, vial.holds, concentration, equation) for amount in (vial.used, thrown)]
    used, wasted = amounts
    if used is None or wasted is None:
        return None
    held, gone = vial.holds.times(vial.opened), used + wasted
    return held - gone if gone < held and differs(gone, held, parts=SYRINGE_PARTS) else None


@check(applies=("controlled", "product.schedule"))
def discard_witness_missing(encounter: Encounter) -> Iterator[Finding]:
    """Nobody witnessed that a controlled drug was thrown away

    A second person sees what is thrown away of a controlled substance: the rest of a dose, and a whole one that was
    drawn up and not given.
    """
    for dose in encounter.administrations:
        thrown_away = dose.status is not Status.ENTERED_IN_ERROR and discarded_any(dose)
        if thrown_away and dose.product is not None and dose.product.is_controlled and not _seen_by_another(dose):
            yield gap(dose, "discard_witness", fix="Name the colleague who saw it thrown away", until=LEAVES)


def _seen_by_another(dose: Administration) -> bool:
    return dose.discard_witness is not None and dose.discard_witness != known(dose.given_by)


CHECKS = (
    discarded_amount_not_charted,
    discarded_in_another_measure,
    package_kind_unknown,
    remainder_unaccounted,
    discard_witness_missing,
)
