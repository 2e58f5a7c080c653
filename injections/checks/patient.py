"""Patient: what was checked with the patient before the dose, and how the patient took it."""

from __future__ import annotations

from collections.abc import Iterator

from injections.checks.amounts import body_surface, shown, usable_weight
from injections.checks.names import drug_names, names_any_of
from injections.checks.rule import check, gap, stop, treatments, warning
from injections.days import written_day
from injections.facts import Administration, Encounter, known
from injections.findings import Finding, Gate, Until

LEAVES = Until.PATIENT_LEAVES
OLDEST = 120
HEAVIEST = 650


@check(applies=("no identity_checked",))
def identity_check_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The check of the patient's identity is not charted

    Two identifiers, such as name and date of birth, before every dose.
    """
    for dose in treatments(encounter):
        if dose.identity_checked is None or dose.identity_checked is False:
            fix = "Check name and date of birth with the patient"
            yield gap(dose, "identity_checked", fix=fix, until=LEAVES)


@check(applies=("no allergies_checked",))
def allergy_review_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The review of the patient's allergies is not charted

    The list may have grown since the order was written.
    """
    for dose in treatments(encounter):
        if dose.allergies_checked is None or dose.allergies_checked is False:
            yield gap(dose, "allergies_checked", fix="Review the allergies with the patient", until=LEAVES)


@check
def birth_date_not_possible(encounter: Encounter) -> Iterator[Finding]:
    """The date of birth cannot be right

    Largest doses, vaccines and codes go by age. A person is not born after the visit, nor older than 120 years.
    """
    age, born = encounter.patient.age_on(encounter.date), encounter.patient.birth_date
    for dose in treatments(encounter):
        if born is not None and age is not None and not 0 <= age <= OLDEST:
            because = f"born {written_day(born)}, the visit is of {written_day(encounter.date)}"
            yield gap(dose, "patient.birth_date", fix="Ask the patient for the date of birth", because=because)


@check(applies=("patient.weight_kg",))
def weight_not_possible(encounter: Encounter) -> Iterator[Finding]:
    """The weight cannot be right

    A largest dose that goes by weight would be worked out from it.
    """
    weight = encounter.patient.weight_kg
    for dose in treatments(encounter):
        if weight is not None and not 0 < weight <= HEAVIEST:
            yield gap(dose, "patient.weight_kg", fix="Weigh the patient", because=f"{weight} kg is charted")


@check(applies=("limit by weight",))
def weight_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The patient's weight is not charted

    The largest safe dose of this drug is worked out per kilogram.
    """
    for dose in treatments(encounter):
        limits = dose.product.limits if dose.product else ()
        if usable_weight(encounter.patient) is None and any(limit.per_kg for limit in limits):
            yield gap(dose, "patient.weight_kg", fix="Weigh the patient", until=LEAVES)


@check(applies=("limit by surface",))
def surface_not_known(encounter: Encounter) -> Iterator[Finding]:
    """The largest dose by body surface was not checked

    The label gives it for each square meter. Without height and weight nobody here can work it out.
    """
    for dose in treatments(encounter):
        limits = [limit for limit in (dose.product.limits if dose.product else ()) if limit.per_m2]
        if limits and body_surface(encounter.patient) is None:
            missing = [name for name in ("height_cm", "weight_kg") if getattr(encounter.patient, name) is None]
            because = f"{shown(limits[0].max_single)} for each square meter is the most"
            fields = [f"patient.{name}" for name in missing or ("height_cm",)]
            fix = "Record height and weight, or check the dose by hand"
            yield warning(dose, *fields, fix=fix, because=because, until=LEAVES)


@check(applies=("no response",))
def response_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The patient's response is not charted

    How the patient took the dose, seen before leaving: tolerated, or what happened.
    """
    for dose in treatments(encounter):
        if not dose.response:
            yield gap(dose, "response", fix="Record how the patient took it", until=LEAVES)


@check(applies=("product.observation_minutes",))
def observation_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The end of the observation is not charted

    This drug asks for a wait afterwards. Its end may follow the signature, but not the claim.
    """
    for dose in treatments(encounter):
        minutes, _ = wait_after(encounter, dose)
        if minutes and dose.observation is None:
            fix = f"Watch for {minutes} minutes and record how it ended"
            yield warning(dose, "observation", fix=fix, until=LEAVES, gate=Gate.CLAIM)


@check(applies=("product.observation_minutes",))
def observation_too_short(encounter: Encounter) -> Iterator[Finding]:
    """The patient was watched for less time than this drug asks for

    Late reactions are why there is a wait.
    """
    for dose in treatments(encounter):
        minutes, which = wait_after(encounter, dose)
        watched = known(dose.observation)
        if minutes and watched is not None and watched.minutes is not None and watched.minutes < minutes:
            because = f"{watched.minutes} of {minutes} minutes{which}"
            yield warning(dose, "observation.minutes", fix="Say why it ended early", because=because)


def wait_after(encounter: Encounter, dose: Administration) -> tuple[int | None, str]:
    """How many minutes to watch after this dose, and which dose it is where the first ones ask for more."""
    product = dose.product
    if product is None or not product.first_doses:
        return (product.observation_minutes if product else None), ""
    names = drug_names(dose)
    earlier = {past.given for past in encounter.history if names_any_of(past.drug, names)} - {encounter.date}
    number = len([day for day in earlier if day < encounter.date]) + 1
    if number > product.first_doses:
        return product.observation_minutes, ""
    return product.first_observation_minutes, f" after dose {number} that we know of"


@check(applies=("consent refused",))
def consent_refused(encounter: Encounter) -> Iterator[Finding]:
    """The patient did not agree to this dose

    Nothing is given against the patient's will.
    """
    for dose in treatments(encounter):
        consent = known(dose.consent)
        if consent is not None and not consent.given:
            yield stop(dose, "consent", fix="Stop. Chart it as refused")


@check(applies=("vaccine",))
def statement_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The vaccine information statement is not charted

    Federal law (42 USC 300aa-26) wants the sheet handed over before each dose, and its edition and the day kept.
    """
    for dose in treatments(encounter):
        if dose.product is not None and "vaccine" in dose.product.classes and dose.information_statement is None:
            fix = "Hand over the sheet (VIS) and chart its edition"
            yield warning(dose, "information_statement", fix=fix, until=LEAVES)


@check(applies=("no diagnoses",))
def reason_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Why the dose was given is not charted

    A reason in words or a diagnosis: a record that does not say why is not a reason to treat, or to pay.
    """
    for dose in treatments(encounter):
        order = known(dose.order)
        stated = (dose.reason, dose.indication, order.reason if order else None, encounter.reason)
        if not any(stated) and not encounter.diagnoses_of(dose):
            yield gap(dose, "reason", fix="Record the reason for use or a diagnosis")


CHECKS = (
    identity_check_not_charted,
    allergy_review_not_charted,
    birth_date_not_possible,
    weight_not_possible,
    weight_not_charted,
    surface_not_known,
    response_not_charted,
    observation_not_charted,
    observation_too_short,
    consent_refused,
    statement_not_charted,
    reason_not_charted,
)
