"""Wastage: what a payer wants to hear about the drug that was left in the vial."""

from __future__ import annotations

from collections.abc import Iterator

from billing.assumed_vials import assumed_package, assumed_single_dose, fits_no_vial, may_be_assumed, packages_emptied
from billing.case import Case
from billing.families import classes_of
from billing.ndc_lines import ndc_line
from billing.outcomes import Charge, Finding, Kind, Modifier, Outcome, Owner, Severity, Until, claim_gap, notice
from billing.portions import Portion
from billing.rules.rule import Stage, rule
from billing.supply import Supply
from billing.units import Unclear, content, in_dimension, left_over, used_from
from injections.checks.vials import Vial, discarded_any
from injections.facts import Administration, Unobtainable, known
from injections.quantity import Quantity, format_dose

MANUAL_CH17_S40 = "Medicare Claims Processing Manual ch. 17 §40; CMS JW and JZ modifier FAQ"
GIVEN_ONLY = "42 CFR 410.26: only drug that was given is incident to a service (other plans: confirm)"
ROUNDING = "CMS JW and JZ modifier FAQ: no payment for discarded drug that the rounded dose already paid"
NO_SUCH_VIAL = "Given and thrown away fit no vial that we know"
ASKS_FOR_WASTE = ("jw-jz", "jw-only")


def _supplies(case: Case) -> Iterator[Supply]:
    """The drug lines that the question of waste is about: vaccines never are."""
    for supply in case.supplies:
        if not any("vaccine" in classes_of(d) for d in supply.doses):
            yield supply


def _wants_waste(case: Case) -> bool:
    return case.wants("discard-modifiers") in (*ASKS_FOR_WASTE, True)


@rule(stage=Stage.DERIVE, wants="discard-modifiers", applies=("single-dose container",), cites=MANUAL_CH17_S40)
def discarded_drug(case: Case) -> Iterator[Outcome]:
    """What was thrown away of a single-dose vial has its own line, with JW.

    Only whole units that rounding up the dose has not paid already, and never more than the label promises.
    """
    for supply in _supplies(case):
        if _wants_waste(case) and supply.single_dose and supply.waste_units:
            yield Charge(
                key=f"waste:{supply.key}",
                code=supply.coding.code,
                units=supply.waste_units,
                kind=Kind.WASTE,
                administrations=supply.ids,
                diagnoses=supply.diagnoses(case.encounter),
                modifiers=("JW",),
                ndc=ndc_line(supply, case.wants("ndc-units"), wasted=True),
                because=_waste_in_numbers(supply),
            )


def _waste_in_numbers(supply: Supply) -> str:
    assert supply.coding.amount is not None
    unit = format_dose(supply.coding.amount)
    units = "1 unit" if supply.waste_units == 1 else f"{supply.waste_units} units"
    return f"{_amount(supply)} of a single-dose vial thrown away ÷ {unit} per unit = {units}{_not_paid_yet(supply)}"


def _not_paid_yet(supply: Supply) -> str:
    """Why the units are not the plain quotient: the rounded dose has paid for some of the rest."""
    assert supply.wasted is not None
    if supply.wasted == supply.waste_units:
        return ""
    return ", because rounding up the dose has paid for the other part and only whole units count"


def _amount(supply: Supply) -> str:
    assert supply.wasted is not None
    assert supply.coding.amount is not None
    amount = supply.coding.amount
    lost = Quantity(amount.amount * supply.wasted.numerator / supply.wasted.denominator, amount.unit)
    return format_dose(lost)


@rule(stage=Stage.ADJUST, wants="discard-modifiers", applies=("single-dose container",), cites=MANUAL_CH17_S40)
def nothing_discarded(case: Case) -> Iterator[Outcome]:
    """A single-dose vial with nothing left to bill for is billed with JZ.

    Only when the chart says so: a blank is not a zero.
    """
    if case.wants("discard-modifiers") not in ("jw-jz", True):
        return
    for supply in _supplies(case):
        charge = next((c for c in case.of(Kind.DRUG) if c.key == supply.key), None)
        if charge and supply.single_dose and supply.wasted is not None and not supply.waste_units:
            said = "nothing of the single-dose vial was thrown away"
            if supply.wasted:
                said = f"{_lost(supply)} thrown away is already paid by rounding up"
            yield Modifier(charge, "JZ", because=said)


def _lost(supply: Supply) -> str:
    return _amount(supply) if supply.coding.amount is not None else "what was"


def _vials(case: Case) -> Iterator[tuple[Administration, Vial]]:
    """The containers of the drugs that are billed, with their dose."""
    return ((portion.dose, portion.vial) for portion in _portions(case))


def _portions(case: Case) -> Iterator[Portion]:
    """What each container gave to the doses that are billed."""
    billed = {i for c in case.of(Kind.DRUG, Kind.WASTE) for i in c.administrations}
    for supply in _supplies(case):
        for portion in supply.portions:
            if portion.dose.id in billed:
                yield portion


@rule(stage=Stage.CHECK, wants="discard-modifiers", applies=("container not known",), cites=MANUAL_CH17_S40)
def container_not_charted(case: Case) -> Iterator[Finding]:
    """Nobody has said whether the drug came from a single-dose container.

    Single-dose and multi-dose containers are billed differently, and the label is the only witness.
    """
    for dose, vial in _vials(case):
        if vial.single_dose is not None or assumed_single_dose(dose) or not _wants_waste(case):
            continue
        if may_be_assumed(dose) and not discarded_any(dose):
            said = "Whether the vial was single-dose is not stated, so neither JW nor JZ is added"
            fields = ("package.single_dose",)
            yield notice(said, about=(dose.id,), fix="Say which vial it was", fields=fields, severity=Severity.INFO)
        else:
            unfit, wanted = fits_no_vial(dose), f"{case.context.payer.name} wants JW or JZ for single-dose containers"
            yield claim_gap(
                NO_SUCH_VIAL if unfit else "Single-dose or multi-dose container is not charted",
                about=(dose.id,),
                because=unfit or wanted,
                fix="Correct the amounts, or scan the vial" if unfit else "Scan the vial, or say what its label reads",
                owner=Owner.NURSE,
                until=Until.PATIENT_LEAVES,
                fields=("discarded", "dose") if unfit else ("package.single_dose",),
            )


@rule(stage=Stage.CHECK, wants="discard-modifiers", applies=("single-dose container",), cites=MANUAL_CH17_S40)
def discard_not_charted(case: Case) -> Iterator[Finding]:
    """Whether anything of the single-dose vial was thrown away is open.

    JZ states that nothing was: it may not be added because a field is empty, nor because an amount cannot be counted.
    """
    for portion in _portions(case):
        vial, why = portion.vial, _why_open(portion)
        if vial.single_dose and why:
            yield claim_gap(
                "How much of the single-dose vial was thrown away is not known",
                about=(portion.dose.id,),
                because=why,
                fix="Enter the amount thrown away, 0 if none",
                owner=Owner.NURSE,
                until=Until.PATIENT_LEAVES,
                fields=(vial.field("discarded"),),
            )


def _why_open(portion: Portion) -> str:
    """Why the waste of a container is not known; empty where it is, or is taken for granted."""
    lost, counted_in = portion.vial.discarded, portion.coding.amount
    if isinstance(lost, Unobtainable):
        return lost.reason
    if lost is None:
        return "the amount is not charted"
    if portion.wasted is None and isinstance(lost, Quantity) and counted_in is not None:
        unit = format_dose(counted_in)
        return f"{format_dose(lost)} is charted, the code counts {unit}, and the two cannot be compared"
    return ""


@rule(stage=Stage.CHECK, wants="discard-modifiers", applies=("single-dose container",), cites=MANUAL_CH17_S40)
def remainder_unexplained(case: Case) -> Iterator[Finding]:
    """Given and thrown away do not add up to the single-dose vial.

    The payer adds them up too. Overfill does not count.
    """
    for dose, vial in _vials(case):
        sums = _sums(vial, dose)
        if not vial.single_dose or dose.vial_shared or sums is None:
            continue
        held, used, lost = sums
        if used + lost != held:
            yield claim_gap(
                "Given and thrown away do not add up to what the vials hold",
                about=(dose.id,),
                because=f"{format_dose(used)} given + {format_dose(lost)} thrown away; label {format_dose(held)}",
                fix="Correct the dose, the amount thrown away or the number of vials",
                owner=Owner.NURSE,
                until=Until.PATIENT_LEAVES,
                fields=(vial.field("discarded"), "dose"),
            )


def _sums(vial: Vial, dose: Administration) -> tuple[Quantity, Quantity, Quantity] | None:
    held, used, lost = content(vial), used_from(vial, dose), known(vial.discarded)
    if held is None or used is None or lost is None:
        return None
    same, gone = in_dimension(used, held, dose), in_dimension(lost, held, dose)
    return None if isinstance(same, Unclear) or isinstance(gone, Unclear) else (held, same, gone)


@rule(stage=Stage.CHECK, applies=("vial_shared",), cites="CDC injection safety: a single-dose vial is for one patient")
def single_dose_vial_shared(case: Case) -> Iterator[Finding]:
    """A single-dose vial was used for more than one patient.

    Only what was truly thrown away may carry JW, and only for the last patient.
    """
    for dose, vial in _vials(case):
        if vial.single_dose and dose.vial_shared:
            yield claim_gap(
                "A single-dose vial was used for more than one patient",
                about=(dose.id,),
                because="its label is for one patient",
                fix="Report the breach, then decide which patient's claim carries the waste",
                owner=Owner.NURSE,
                fields=("vial_shared",),
            )


@rule(stage=Stage.CHECK, wants="discard-modifiers", applies=("single-dose container",), cites=MANUAL_CH17_S40)
def larger_vial_than_needed(case: Case) -> Iterator[Finding]:
    """A smaller vial would have left less to throw away.

    What is thrown away costs the payer and the practice. Payers expect the smallest vials that hold the dose.
    """
    for dose, vial in _vials(case):
        rest = left_over(vial, dose)
        if not vial.single_dose or vial.holds is None or rest is None or dose.product is None or rest.amount == 0:
            continue
        used = used_from(vial, dose)
        same = in_dimension(used, vial.holds, dose) if used else None
        sizes = [p.holds for p in dose.product.containers if p.single_dose and p.holds]
        fitting = [
            s for s in sizes if isinstance(same, Quantity) and s.dimension is same.dimension and same <= s < vial.holds
        ]
        if fitting and vial.opened == 1:
            yield notice(
                f"A vial of {format_dose(min(fitting, key=lambda q: q.in_smallest))} would have been enough",
                about=(dose.id,),
                because=f"{format_dose(rest)} of {format_dose(vial.holds)} was left over",
                fix="Use the smallest vials that hold the dose",
                owner=Owner.NURSE,
            )


@rule(stage=Stage.CHECK, wants="discard-modifiers", applies=("discard assumed",), cites=MANUAL_CH17_S40)
def assumed_vial(case: Case) -> Iterator[Finding]:
    """The single-dose vial was assumed, because the dose empties one exactly.

    Without a charted vial a modifier could not be stated. The assumption is shown so that a person can correct it.
    """
    for dose, _ in _vials(case):
        if assumed_single_dose(dose) and _wants_waste(case):
            vials, because = _assumption(dose)
            yield notice(
                f"We assumed {vials}",
                about=(dose.id,),
                because=f"no package is stated, and {because}",
                fix="State the package if it was another one",
                severity=Severity.INFO,
                fields=("package",),
            )


def _assumption(dose: Administration) -> tuple[str, str]:
    """Which vials were taken for granted, and why these."""
    package = assumed_package(dose)
    if package is None or package.holds is None:
        return "single-dose packages, all of it given", "every package that we know of is single-dose"
    count, held = packages_emptied(package, dose), format_dose(package.holds)
    some = f"{count} single-dose packages of {held}" if count == 2 else "single-dose packages that fit the dose"
    vials, this = (f"a single-dose package of {held}", "this one") if count == 1 else (some, "them")
    if discarded_any(dose):
        return vials, f"the dose and what was thrown away empty {this} exactly"
    return f"{vials}, all of it given", f"the dose empties {this} exactly"


@rule(stage=Stage.CHECK, applies=("status",), cites=GIVEN_ONLY)
def drawn_up_in_vain(case: Case) -> Iterator[Finding]:
    """A drug was opened and not given.

    Most payers do not pay for it; the biller decides.
    """
    for dose in case.encounter.administrations:
        lost = known(dose.discarded)
        if not dose.was_given and lost is not None and lost.amount > 0:
            yield notice(
                f"{format_dose(lost)} was drawn up and not given",
                about=(dose.id,),
                because="payers rarely pay for a dose that was not given",
                fix="Ask the payer before billing the waste alone",
            )
