"""Dose: whether the amount is safe for this patient, and makes sense beside the order and the vial."""

from __future__ import annotations

from collections.abc import Iterator

from injections.checks.amounts import differs, equation_of, in_measure_of, may_be_mixed, shown, strengths, usable_weight
from injections.checks.limits import (
    age_fits,
    applies_to,
    as_measured,
    for_whom,
    limits_of,
    not_comparable,
    strictest,
    weight_fits,
)
from injections.checks.names import drug_names, names_any_of
from injections.checks.rule import check, gap, softened, stop, treatments, warning
from injections.facts import Administration, DoseLimit, Encounter, known
from injections.findings import Finding
from injections.quantity import Dimension, Quantity
from injections.routes import is_intravenous

#: dose and volume contradict each other when they lie further apart than a tenth
VOLUME_PARTS = 10
#: so far over the maximum it is a slip of the unit, whether or not anybody has confirmed the limit
SLIP_OF_THE_UNIT = 10


@check(applies=("over a limit",))
def dose_over_label_maximum(encounter: Encounter) -> Iterator[Finding]:
    """The dose is over the label's maximum for this patient

    The largest single dose depends on route, age and weight.
    """
    for dose in treatments(encounter):
        found = strictest(dose, encounter)
        if found is None or dose.dose is None:
            continue
        largest, limit = found
        given = as_measured(dose.dose, largest, dose)
        if given is not None and given > largest:
            because = f"{shown(dose.dose)} is more than {shown(largest)}{for_whom(limit)}"
            fix = "Stop, and ask the person who ordered it"
            slip = given >= largest.times(SLIP_OF_THE_UNIT)
            # Formulas of body surface and the rounding to whole vials differ: there it is a question and no stop.
            speak = warning if limit.per_m2 and not slip else stop
            over = speak(dose, "dose", fix=fix, because=because)
            yield over if slip else softened(over, dose.product, "limit")


@check(applies=("limit by day",))
def daily_maximum_exceeded(encounter: Encounter) -> Iterator[Finding]:
    """The doses of this day together are over the label's daily maximum

    Each dose may be right and the day still too much.
    """
    for dose in treatments(encounter):
        for limit in limits_of(dose):
            if limit.max_daily is None or not applies_to(limit, encounter, dose):
                continue
            day = _given_that_day(dose, limit.max_daily, encounter)
            if day is not None and day > limit.max_daily:
                because = f"{shown(day)} today, {shown(limit.max_daily)} is the daily maximum"
                fix = "Stop, and ask the person who ordered it"
                found = stop(dose, "dose", fix=fix, because=because)
                yield softened(found, dose.product, "limit")
                break


def _given_that_day(dose: Administration, measure: Quantity, encounter: Encounter) -> Quantity | None:
    """All of the drug on that day, in the measure of the limit; ``None`` when a part cannot be compared."""
    names = drug_names(dose) if encounter.history else ()
    same = [a for a in encounter.doses_given if a.product is dose.product or a.product == dose.product]
    parts = [as_measured(a.dose, measure, a) for a in same if a.dose is not None]
    earlier = [p.dose for p in encounter.history if p.given == encounter.date and names_any_of(p.drug, names)]
    parts += [as_measured(amount, measure, dose) for amount in earlier if amount is not None]
    total: Quantity | None = None
    for part in parts:
        if part is None:
            return None
        total = part if total is None else total + part
    return total


@check(applies=("over a limit",))
def limit_depends_on_unknown_patient_facts(encounter: Encounter) -> Iterator[Finding]:
    """A lower maximum may apply: the patient's age or weight is not charted

    The dose is over a maximum that holds for some patients, and nobody can tell whether this is one of them.
    """
    for dose in treatments(encounter):
        for limit in limits_of(dose):
            largest = None if limit.per_kg or limit.per_m2 else limit.max_single
            given = as_measured(dose.dose, largest, dose) if dose.dose is not None and largest is not None else None
            fields = _unknown_bounds(limit, encounter)
            if given is not None and largest is not None and given > largest and fields:
                because = f"{shown(dose.dose or given)} is more than {shown(largest)}{for_whom(limit)}"
                yield warning(dose, *fields, fix="Record date of birth and weight", because=because)


def _unknown_bounds(limit: DoseLimit, encounter: Encounter) -> tuple[str, ...]:
    """The patient's facts that the limit depends on and that are not known, where the known ones leave it open."""
    age, weight = encounter.patient.age_on(encounter.date), usable_weight(encounter.patient)
    by_age = limit.from_age is not None or limit.below_age is not None
    if (age is not None and not age_fits(limit, age)) or (
        weight is not None and not weight_fits(limit, encounter.patient)
    ):
        return ()
    unknown = (
        "patient.birth_date" if by_age and age is None else "",
        "patient.weight_kg" if limit.below_weight_kg is not None and weight is None else "",
    )
    return tuple(name for name in unknown if name)


@check(applies=("dose of zero",))
def dose_is_zero(encounter: Encounter) -> Iterator[Finding]:
    """The dose is charted as zero

    Nothing given is not a dose: chart it as not given, with the reason.
    """
    for dose in encounter.doses_given:
        if dose.dose is not None and dose.dose.amount == 0:
            yield gap(dose, "dose", fix="Enter the dose, or chart it as not given")


@check(applies=("ordered_dose", "order.dose", "measures differ"))
def dose_in_another_measure(encounter: Encounter) -> Iterator[Finding]:
    """The dose cannot be compared: it is in another measure

    Milligrams, units and milliliters only convert through a strength that stands on the label. A dose that is counted
    (one implant) only warns: a whole package needs no sum.
    """
    for dose in encounter.doses_given:
        if dose.dose is None:
            continue
        field, other = not_comparable(dose, dose.dose)
        if other is None:
            continue
        counted = Dimension.COUNT in (dose.dose.dimension, other.dimension)
        because = f"the dose is {shown(dose.dose)}, {_MEASURES[field]} {shown(other)}"
        fix = "Enter the dose in the measure of the label"
        speak = warning if counted else gap
        yield speak(dose, "dose", field, fix=fix, because=because)


_MEASURES = {
    "ordered_dose": "the order says",
    "package.holds": "the label says",
    "product.limits": "the maximum is",
}


@check(applies=("volume",))
def volume_contradicts_dose(encounter: Encounter) -> Iterator[Finding]:
    """The volume does not fit the dose

    By any strength of the drug that much liquid holds another amount, and the patient got one of the two. Only where
    a fluid may have been drawn up with the drug can more liquid be right.
    """
    for dose in treatments(encounter):
        possible = strengths(dose)
        if dose.dose is None or dose.volume is None or is_intravenous(known(dose.route)):
            continue
        expected = [in_measure_of(dose.dose, dose.volume, one, equation_of(dose)) for one in possible]
        liquids = [
            liquid for liquid in expected if liquid is not None and differs(liquid, dose.volume, parts=VOLUME_PARTS)
        ]
        if liquids and len(liquids) == len(possible):
            stands = " or ".join(shown(liquid) for liquid in liquids)
            because = f"{shown(dose.dose)} stands in {stands}, charted {shown(dose.volume)}"
            mixed = dose.volume > max(liquids) and may_be_mixed(encounter, dose)
            speak = warning if mixed or len(liquids) > 1 else gap
            found = speak(dose, "volume", "dose", fix="Correct the dose, the volume or the strength", because=because)
            yield softened(found, None if dose.package else dose.product, "package.holds")


CHECKS = (
    dose_over_label_maximum,
    daily_maximum_exceeded,
    limit_depends_on_unknown_patient_facts,
    dose_is_zero,
    dose_in_another_measure,
    volume_contradicts_dose,
)
