"""The label's limits on a single dose: which of them hold for this patient, and what the dose is in their measure."""

from __future__ import annotations

from datetime import date

from injections.checks.amounts import (
    body_surface,
    equation_of,
    held_by_each,
    in_measure_of,
    ordered_dose,
    strength,
    usable_weight,
)
from injections.checks.vials import vials_of
from injections.facts import Administration, DoseLimit, Encounter, Patient, known
from injections.facts.once import once
from injections.quantity import Dimension, Quantity
from injections.routes import allowed

#: kidney injury, chronic kidney disease from stage 3, kidney failure, dialysis
KIDNEY_DISEASE = ("N17", "N183", "N184", "N185", "N186", "N19", "Z992")
#: below it kidney disease is of stage 3: milliliters a minute, of clearance or estimated filtration
LEAST_FILTRATION = 60
_FILTRATION = ("gfr", "crcl", "creatinine clearance", "filtration")


def age_fits(limit: DoseLimit, age: int | None) -> bool:
    if age is None:
        return limit.from_age is None and limit.below_age is None
    return (limit.from_age is None or age >= limit.from_age) and (limit.below_age is None or age < limit.below_age)


def weight_fits(limit: DoseLimit, patient: Patient) -> bool:
    if limit.below_weight_kg is None:
        return True
    weight = usable_weight(patient)
    return weight is not None and weight < limit.below_weight_kg


def _route_fits(limit: DoseLimit, dose: Administration) -> bool:
    route = known(dose.route)
    return not limit.routes or (route is not None and allowed(route, limit.routes))


@once
def limits_of(dose: Administration) -> tuple[DoseLimit, ...]:
    """The limits of the drug for the charted route, whoever the patient is."""
    limits = dose.product.limits if dose.product else ()
    return tuple(limit for limit in limits if _route_fits(limit, dose))


def _largest(limit: DoseLimit, patient: Patient) -> Quantity | None:
    """The largest single dose in the limit's words, times the weight or the body surface where it goes by them."""
    if not limit.per_kg and not limit.per_m2:
        return limit.max_single
    times = usable_weight(patient) if limit.per_kg else body_surface(patient)
    return None if times is None else limit.max_single.times(times)


def applies_to(limit: DoseLimit, encounter: Encounter, dose: Administration) -> bool:
    patient = encounter.patient
    by_kidneys = not limit.impaired_kidneys or _kidneys_impaired(encounter, dose)
    return by_kidneys and age_fits(limit, patient.age_on(encounter.date)) and weight_fits(limit, patient)


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


def strictest(dose: Administration, encounter: Encounter) -> tuple[Quantity, DoseLimit] | None:
    """The smallest maximum that applies to this patient and that the dose can be compared with."""
    found: tuple[Quantity, DoseLimit] | None = None
    for limit in limits_of(dose):
        largest = _largest(limit, encounter.patient) if applies_to(limit, encounter, dose) else None
        if largest is None or dose.dose is None or as_measured(dose.dose, largest, dose) is None:
            continue
        if found is None or _less(largest, found[0]):
            found = largest, limit
    return found


def _less(one: Quantity, other: Quantity) -> bool:
    return one.dimension is other.dimension and one < other


def as_measured(amount: Quantity, measure: Quantity, dose: Administration) -> Quantity | None:
    same = in_measure_of(amount, measure, strength(dose), equation_of(dose))
    held = held_by_each(dose)
    if same is not None or held is None or amount.dimension is not Dimension.COUNT:
        return same
    return in_measure_of(held.times(amount.amount), measure, strength(dose), equation_of(dose))


def may_be_over(dose: Administration) -> bool:
    """Whether the dose could be over a limit, whoever the patient is: over a plain one, or one by weight or surface."""
    if dose.dose is None:
        return False
    for limit in limits_of(dose):
        given = as_measured(dose.dose, limit.max_single, dose)
        if limit.per_kg or limit.per_m2 or (given is not None and given > limit.max_single):
            return True
    return False


def for_whom(limit: DoseLimit) -> str:
    """For whom the limit holds, in words."""
    bounds = (
        f"from {limit.from_age} years" if limit.from_age is not None else "",
        f"under {limit.below_age} years" if limit.below_age is not None else "",
        f"under {limit.below_weight_kg} kg" if limit.below_weight_kg is not None else "",
        "with impaired kidneys" if limit.impaired_kidneys else "",
    )
    stated = [bound for bound in bounds if bound]
    return f", the maximum {' and '.join(stated)}" if stated else ", the maximum"


#: nothing stands in the way of comparing
COMPARABLE: tuple[str, Quantity | None] = ("", None)


def not_comparable(dose: Administration, amount: Quantity) -> tuple[str, Quantity | None]:
    """The first fact that the dose cannot be compared with."""
    held = [vial.holds for vial in vials_of(dose) if vial.holds is not None]
    limits = [limit.max_single for limit in limits_of(dose)]
    measures = (("ordered_dose", ordered_dose(dose)), *(("package.holds", h) for h in held))
    for field, other in (*measures, *(("product.limits", other) for other in limits)):
        if other is not None and as_measured(amount, other, dose) is None:
            return field, other
    return COMPARABLE
