"""Dose: whether the amount is safe for this patient, and makes sense beside the order and the vial."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from injections.checks.amounts import (
    body_surface,
    differs,
    equation_of,
    held_by_each,
    in_measure_of,
    may_be_mixed,
    ordered_dose,
    shown,
    strength,
    strengths,
    usable_weight,
)
from injections.checks.names import drug_names, names_any_of
from injections.checks.rule import check, gap, softened, stop, treatments, warning
from injections.checks.vials import vials_of
from injections.facts import Administration, DoseLimit, Encounter, Patient, known
from injections.facts.once import once
from injections.findings import Finding
from injections.quantity import Dimension, Quantity
from injections.routes import allowed, is_intravenous

#: dose and volume contradict each other when they lie further apart than a tenth
VOLUME_PARTS = 10
#: so far over the maximum it is a slip of the unit, whether or not anybody has confirmed the limit
SLIP_OF_THE_UNIT = 10
#: kidney injury, chronic kidney disease from stage 3, kidney failure, dialysis
KIDNEY_DISEASE = ("N17", "N183", "N184", "N185", "N186", "N19", "Z992")
#: below it kidney disease is of stage 3: milliliters a minute, of clearance or estimated filtration
LEAST_FILTRATION = 60
_FILTRATION = ("gfr", "crcl", "creatinine clearance", "filtration")


def _age_fits(limit: DoseLimit, age: int | None) -> bool:
    if age is None:
        return limit.from_age is None and limit.below_age is None
    return (limit.from_age is None or age >= limit.from_age) and (limit.below_age is None or age < limit.below_age)


def _weight_fits(limit: DoseLimit, patient: Patient) -> bool:
    if limit.below_weight_kg is None:
        return True
    weight = usable_weight(patient)
    return weight is not None and weight < limit.below_weight_kg


def _route_fits(limit: DoseLimit, dose: Administration) -> bool:
    route = known(dose.route)
    return not limit.routes or (route is not None and allowed(route, limit.routes))


@once
def _limits(dose: Administration) -> tuple[DoseLimit, ...]:
    """The limits of the drug for the charted route, whoever the patient is."""
    limits = dose.product.limits if dose.product else ()
    return tuple(limit for limit in limits if _route_fits(limit, dose))


def _largest(limit: DoseLimit, patient: Patient) -> Quantity | None:
    """The largest single dose in the limit's words, times the weight or the body surface where it goes by them."""
    if not limit.per_kg and not limit.per_m2:
        return limit.max_single
    times = usable_weight(patient) if limit.per_kg else body_surface(patient)
    return None if times is None else limit.max_single.times(times)


def _applies(limit: DoseLimit, encounter: Encounter, dose: Administration) -> bool:
    patient = encounter.patient
    by_kidneys = not limit.impaired_kidneys or _kidneys_impaired(encounter, dose)
    return by_kidneys and _age_fits(limit, patient.age_on(encounter.date)) and _weight_fits(limit, patient)


def _kidneys_impaired(encounter: Encounter, dose: Administration) -> bool:
    """As the diagnoses say it, or the answer to the drug's own question, or dialysis, or the last result."""
    measured = [
        lab for lab in dose.labs if lab.value is not None and any(w in lab.name.casefold() for w in _FILTRATION)
    ]
    last = max(measured, key=lambda lab: lab.date or date.min, default=None)
    if last is not None and last.value is not None and last.value < LEAST_FILTRATION:
        return True
    codes = (code.replace(".", "").upper() for code in encounter.diagnoses_of(dose))
    answered = dose.screening.get("impaired-kidneys", "").strip().casefold() == "yes"
    return answered or encounter.patient.on_dialysis is True or any(c.startswith(KIDNEY_DISEASE) for c in codes)


def _strictest(dose: Administration, encounter: Encounter) -> tuple[Quantity, DoseLimit] | None:
    """The smallest maximum that applies to this patient and that the dose can be compared with."""
    found: tuple[Quantity, DoseLimit] | None = None
    for limit in _limits(dose):
        largest = _largest(limit, encounter.patient) if _applies(limit, encounter, dose) else None
        if largest is None or dose.dose is None or _as(dose.dose, largest, dose) is None:
            continue
        if found is None or _less(largest, found[0]):
            found = largest, limit
    return found


def _less(one: Quantity, other: Quantity) -> bool:
    return one.dimension is other.dimension and one < other


def _as(amount: Quantity, measure: Quantity, dose: Administration) -> Quantity | None:
    same = in_measure_of(amount, measure, strength(dose), equation_of(dose))
    held = held_by_each(dose)
    if same is not None or held is None or amount.dimension is not Dimension.COUNT:
        return same
    return in_measure_of(held.times(amount.amount), measure, strength(dose), equation_of(dose))


@check(applies=("product.limits",))
def dose_over_label_maximum(encounter: Encounter) -> Iterator[Finding]:
    """The dose is over the label's maximum for this patient

    The largest single dose depends on route, age and weight.
    """
    for dose in treatments(encounter):
        strictest = _strictest(dose, encounter)
        if strictest is None or dose.dose is None:
            continue
        largest, limit = strictest
        given = _as(dose.dose, largest, dose)
        if given is not None and given > largest:
            because = f"{shown(dose.dose)} is more than {shown(largest)}{_whom(limit)}"
            fix = "Stop, and ask the person who ordered it"
            slip = given >= largest.times(SLIP_OF_THE_UNIT)
            # Formulas of body surface and the rounding to whole vials differ: there it is a question and no stop.
            speak = warning if limit.per_m2 and not slip else stop
            found = speak(dose, "dose", fix=fix, because=because)
            yield found if slip else softened(found, dose.product, "limit")


def _whom(limit: DoseLimit) -> str:
    """For whom the limit holds, in words."""
    bounds = (
        f"from {limit.from_age} years" if limit.from_age is not None else "",
        f"under {limit.below_age} years" if limit.below_age is not None else "",
        f"under {limit.below_weight_kg} kg" if limit.below_weight_kg is not None else "",
        "with impaired kidneys" if limit.impaired_kidneys else "",
    )
    stated = [bound for bound in bounds if bound]
    return f", the maximum {' and '.join(stated)}" if stated else ", the maximum"


@check(applies=("limit by day",))
def daily_maximum_exceeded(encounter: Encounter) -> Iterator[Finding]:
    """The doses of this day together are over the label's daily maximum

    Each dose may be right and the day still too much.
    """
    for dose in treatments(encounter):
        for limit in _limits(dose):
            if limit.max_daily is None or not _applies(limit, encounter, dose):
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
    names = drug_names(dose)
    same = [a for a in encounter.doses_given if a.product is dose.product or a.product == dose.product]
    parts = [_as(a.dose, measure, a) for a in same if a.dose is not None]
    earlier = [p.dose for p in encounter.history if p.given == encounter.date and names_any_of(p.drug, names)]
    parts += [_as(amount, measure, dose) for amount in earlier if amount is not None]
    total: Quantity | None = None
    for part in parts:
        if part is None:
            return None
        total = part if total is None else total + part
    return total


@check(applies=("limit for some",))
def limit_depends_on_unknown_patient_facts(encounter: Encounter) -> Iterator[Finding]:
    """A lower maximum may apply: the patient's age or weight is not charted

    The dose is over a maximum that holds for some patients, and nobody can tell whether this is one of them.
    """
    for dose in treatments(encounter):
        for limit in _limits(dose):
            largest = None if limit.per_kg or limit.per_m2 else limit.max_single
            given = _as(dose.dose, largest, dose) if dose.dose is not None and largest is not None else None
            fields = _unknown_bounds(limit, encounter)
            if given is not None and largest is not None and given > largest and fields:
                because = f"{shown(dose.dose or given)} is more than {shown(largest)}{_whom(limit)}"
                yield warning(dose, *fields, fix="Record date of birth and weight", because=because)


def _unknown_bounds(limit: DoseLimit, encounter: Encounter) -> tuple[str, ...]:
    """The patient's facts that the limit depends on and that are not known, where the known ones leave it open."""
    age, weight = encounter.patient.age_on(encounter.date), usable_weight(encounter.patient)
    by_age = limit.from_age is not None or limit.below_age is not None
    if (age is not None and not _age_fits(limit, age)) or (
        weight is not None and not _weight_fits(limit, encounter.patient)
    ):
        return ()
    unknown = (
        "patient.birth_date" if by_age and age is None else "",
        "patient.weight_kg" if limit.below_weight_kg is not None and weight is None else "",
    )
    return tuple(name for name in unknown if name)


@check
def dose_is_zero(encounter: Encounter) -> Iterator[Finding]:
    """The dose is charted as zero

    Nothing given is not a dose: chart it as not given, with the reason.
    """
    for dose in encounter.doses_given:
        if dose.dose is not None and dose.dose.amount == 0:
            yield gap(dose, "dose", fix="Enter the dose, or chart it as not given")


@check(applies=("ordered_dose", "order.dose", "package", "containers", "product.limits"))
def dose_in_another_measure(encounter: Encounter) -> Iterator[Finding]:
    """The dose cannot be compared: it is in another measure

    Milligrams, units and milliliters only convert through a strength that stands on the label. A dose that is counted
    (one implant) only warns: a whole package needs no sum.
    """
    for dose in encounter.doses_given:
        if dose.dose is None:
            continue
        field, other = _not_comparable(dose, dose.dose)
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


def _not_comparable(dose: Administration, amount: Quantity) -> tuple[str, Quantity | None]:
    """The first fact that the dose cannot be compared with."""
    held = [vial.holds for vial in vials_of(dose) if vial.holds is not None]
    limits = [limit.max_single for limit in _limits(dose)]
    measures = (("ordered_dose", ordered_dose(dose)), *(("package.holds", h) for h in held))
    for field, other in (*measures, *(("product.limits", other) for other in limits)):
        if other is not None and _as(amount, other, dose) is None:
            return field, other
    return "", None


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
