"""Vial: whether what was drawn up was good, was the right drug, and was enough."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add

from injections.checks.amounts import SYRINGE_PARTS, differs, equation_of, in_measure_of, may_be_mixed, shown
from injections.checks.names import names_product
from injections.checks.rule import check, gap, incident, softened, stop, warning
from injections.checks.vials import Vial, vials_of
from injections.days import written_day
from injections.facts import Administration, Encounter, Equation, known
from injections.findings import Finding, Until
from injections.quantity import Concentration, Quantity

#: a vial holds a little more than its label says: only a tenth more is a contradiction
LIQUID_PARTS = 10
THROW_AWAY = "Stop. Put this vial aside and scan a good one"


@incident("Given although expired: an incident, never billed", applies=("expired", "containers"))
def lot_expired(encounter: Encounter) -> Iterator[Finding]:
    """The drug has expired

    A drug is good through the day on its label and not a day longer.
    """
    for dose in encounter.doses_given:
        for vial in vials_of(dose):
            expires = known(vial.expires)
            if expires is not None and expires < encounter.date:
                lot, day = known(vial.lot) or "not charted", written_day(encounter.date)
                because = f"lot {lot} expired {written_day(expires)}, the dose is of {day}"
                yield stop(dose, vial.field("expires"), fix=THROW_AWAY, because=because)


@incident("Given although recalled: an incident, never billed", applies=("recalled",))
def lot_recalled(encounter: Encounter) -> Iterator[Finding]:
    """The lot has been recalled

    The maker or the authority wants it back; nobody may get it.
    """
    for dose in encounter.doses_given:
        if dose.recalled:
            yield stop(dose, "lot", fix=THROW_AWAY, because=f"lot {known(dose.lot) or 'not charted'}")


@incident("Given beyond its use date: an incident, held until somebody decides", applies=("beyond use",))
def past_beyond_use(encounter: Encounter) -> Iterator[Finding]:
    """The opened vial is past its beyond-use date

    Once its stopper is pierced a multi-dose vial is good for some weeks, however far off its expiry is.
    """
    for dose in encounter.doses_given:
        if dose.beyond_use is not None and dose.beyond_use < encounter.date:
            fix = "Stop. Throw the rest away and open a new vial. Already done? Tap Change under the vial: 1 opened"
            lot, last = known(dose.lot) or "not charted", written_day(dose.beyond_use)
            because = f"opened vial of lot {lot}, to be used by {last}, the dose is of {written_day(encounter.date)}"
            yield stop(dose, "opened", fix=fix, because=because)


@incident("Given from stock on hold: an incident, held until somebody decides", applies=("held",))
def lot_held(encounter: Encounter) -> Iterator[Finding]:
    """The lot is on hold

    It was too warm or too cold for a while; until somebody decides whether it is still good, nobody gets it.
    """
    for dose in encounter.doses_given:
        if dose.held:
            yield stop(dose, "lot", fix="Stop. Take a vial that is not on hold", because=dose.held)


@incident("Held until drug and vial agree", applies=("name of another drug",))
def vial_of_another_drug(encounter: Encounter) -> Iterator[Finding]:
    """The vial holds another drug than the one that is charted

    The label in hand names the drug, not the name that was picked from a list.
    """
    for dose in encounter.doses_given:
        if dose.product is None or not dose.drug or "unclassified" in dose.product.classes:
            continue  # a pharmacy's own mixture is named after the drug in it
        if not names_product(dose.drug, dose.product):
            because = f"charted {dose.drug}, the vial is {dose.called}"
            yield stop(dose, "drug", "ndc", fix="Stop. Scan the vial again", because=because)


@incident("Held until NDC and package agree", applies=("package",))
def ndc_of_another_package(encounter: Encounter) -> Iterator[Finding]:
    """The NDC is not that of the package

    Strength and content were taken from another label than the one that was in hand.
    """
    for dose in encounter.doses_given:
        charted, package = known(dose.ndc), dose.package
        if charted and package is not None and package.ndc and not _same_ndc(charted, package.ndc):
            because = f"charted {charted}, the package is {package.ndc}"
            yield gap(dose, "ndc", fix="Scan the vial again", because=because, until=Until.PATIENT_LEAVES)


@check(applies=("containers",))
def containers_give_another_dose(encounter: Encounter) -> Iterator[Finding]:
    """What was drawn from the containers is not the dose

    The parts of a dose make the whole. A container is missing, or one of the amounts is mistyped.
    """
    for dose in encounter.doses_given:
        if dose.dose is None or not dose.containers:
            continue
        drawn = [_in_measure(vial, dose.dose, equation_of(dose)) for vial in vials_of(dose)]
        parts = [amount for amount in drawn if amount is not None]
        together = reduce(add, parts) if len(parts) == len(drawn) else None
        if together is not None and differs(together, dose.dose, parts=SYRINGE_PARTS):
            because = f"{shown(together)} drawn, {shown(dose.dose)} charted as the dose"
            yield gap(dose, "dose", "containers", fix="Correct the dose or what was drawn", because=because)


def _in_measure(vial: Vial, measure: Quantity, equation: Equation | None) -> Quantity | None:
    return in_measure_of(vial.used, measure, _strength(vial), equation) if vial.used is not None else None


def _same_ndc(one: str, other: str) -> bool:
    """Equal digits; two of unequal length are not compared here, because padding would be a guess."""
    first, second = (text.replace("-", "").replace(" ", "") for text in (one, other))
    return first == second or len(first) != len(second)


@check(applies=("package", "containers"))
def more_used_than_opened(encounter: Encounter) -> Iterator[Finding]:
    """More was given and thrown away than the opened vials hold

    Another vial was opened and is not charted, or an amount is mistyped.
    """
    for dose in encounter.doses_given:
        for vial in vials_of(dose):
            used, held = _used(vial, equation_of(dose)), _held(vial)
            if used is not None and held is not None and used > held:
                because = f"{shown(used)} used, the opened vials hold {shown(held)}"
                fields = (vial.field("used"),) if vial.at else ("dose", "opened")
                found = gap(dose, *fields, fix="Check the vials opened", because=because)
                yield softened(found, dose.product, "package.holds")


@check(applies=("package",))
def volume_over_content(encounter: Encounter) -> Iterator[Finding]:
    """More liquid was given than the opened vials hold

    One of the volumes is mistyped, or a vial is not charted. A fluid that was drawn up with the drug makes it more.
    """
    for dose in encounter.doses_given:
        liquid = _liquid(dose)
        comparable = liquid is not None and dose.volume is not None and liquid.dimension is dose.volume.dimension
        if comparable and liquid is not None and dose.volume is not None and dose.volume > liquid:
            because = f"{shown(dose.volume)} charted, the opened vials hold {shown(liquid)}"
            mixed = may_be_mixed(encounter, dose)
            speak = warning if mixed or not differs(dose.volume, liquid, parts=LIQUID_PARTS) else gap
            yield speak(dose, "volume", "opened", fix="Check the volume and the vials opened", because=because)


@check(applies=("package",))
def no_vial_opened(encounter: Encounter) -> Iterator[Finding]:
    """A dose was given, and no vial was opened for it

    A multi-dose vial may have been open already. A single-dose one is opened for its one dose.
    """
    for dose in encounter.doses_given:
        single = dose.package is not None and dose.package.single_dose is True
        if single and dose.opened == 0 and not dose.vial_shared and not dose.containers:
            because = "0 single-dose vials opened"
            yield gap(dose, "opened", "dose", fix="Enter how many vials were opened", because=because)


def _liquid(dose: Administration) -> Quantity | None:
    """The liquid in the one package of the dose, times how many were opened."""
    if dose.containers or dose.package is None or dose.package.volume is None or dose.opened < 1:
        return None
    return dose.package.volume.times(dose.opened)


def _strength(vial: Vial) -> Concentration | None:
    return vial.package.concentration if vial.package is not None else None


def _held(vial: Vial) -> Quantity | None:
    """What the label promises, times how many were opened. Overfill is never counted."""
    return vial.holds.times(vial.opened) if vial.holds is not None and vial.opened >= 1 else None


def _used(vial: Vial, equation: Equation | None) -> Quantity | None:
    """What went into the patient and what was thrown away, in the measure of the content."""
    if vial.used is None or vial.holds is None:
        return None
    used = in_measure_of(vial.used, vial.holds, _strength(vial), equation)
    thrown = known(vial.discarded)
    wasted = in_measure_of(thrown, vial.holds, _strength(vial), equation) if thrown is not None else None
    if used is None or wasted is None:
        return used
    return used + wasted


CHECKS = (
    lot_expired,
    lot_recalled,
    past_beyond_use,
    lot_held,
    vial_of_another_drug,
    ndc_of_another_package,
    containers_give_another_dose,
    more_used_than_opened,
    volume_over_content,
    no_vial_opened,
)
