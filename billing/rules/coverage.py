"""Coverage: what a payer does not cover at all, and who pays in its place."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.exclusions import billed_for_denial, on_list, why_excluded
from billing.families import classes_of, route_of
from billing.outcomes import Finding, Kind, Outcome, Severity, Withheld, claim_gap, notice
from billing.rules.rule import Stage, rule

SELF_GIVEN = "Medicare Benefit Policy Manual ch. 15 §50.2; MAC articles A53033, A53066, A52527"
CONTRACEPTION = "Social Security Act §1862(a)(1)(A): no Medicare benefit for contraception"
PRIVACY = "45 CFR 164.522(a)(1)(vi), for services paid in full; 42 CFR 2.31, for substance use treatment"


@rule(stage=Stage.ADJUST, applies=("doses",), cites=SELF_GIVEN)
def not_covered(case: Case) -> Iterator[Outcome]:
    """What the payer does not cover is not billed, nor is giving it.

    That a nurse gave it changes nothing: a drug that patients usually give themselves stays one.
    """
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE):
        why = why_excluded(case, charge)
        if why and not billed_for_denial(case, charge):
            yield Withheld(charge.code, why, charge.administrations, charge)


@rule(stage=Stage.DERIVE, wants="self-administered-list", applies=("no product",), cites=SELF_GIVEN)
def self_given_without_code(case: Case) -> Iterator[Outcome]:
    """A self-given drug without a code of its own is not covered either.

    Such a drug is on no list, because lists go by code. It is known by its name instead.
    """
    for dose in case.doses:
        if dose.product is None and (why := on_list(case, dose)):
            yield Withheld(dose.called, why, (dose.id,))


@rule(stage=Stage.CHECK, wants="self-administered-list", applies=("route:SC",), cites=SELF_GIVEN)
def self_given_device(case: Case) -> Iterator[Finding]:
    """A drug in a pen or autoinjector may stand on a contractor's list.

    Drugs into muscle and vein are presumed not to be self-given; under the skin each list decides by itself.
    """
    for dose in case.doses:
        made_for_patients = dose.product and any(p.container in ("pen", "autoinjector") for p in dose.product.packages)
        if made_for_patients and route_of(dose) == "SC" and not on_list(case, dose):
            yield notice(
                f"Look {dose.called} up on the contractor's list of self-administered drugs",
                about=(dose.id,),
                because="it also comes in a pen or autoinjector, and our list does not name it",
                fix="Name the contractor and compare with its list",
                severity=Severity.INFO,
                fields=("contractor",),
            )


@rule(stage=Stage.CHECK, wants="self-administered-list", applies=("doses",), cites=SELF_GIVEN)
def exclusion_differs_by_contractor(case: Case) -> Iterator[Finding]:
    """Lists of self-administered drugs differ between contractors.

    A drug can be covered in one state and not in the next. Without the contractor's name only the national rows can
    be looked at.
    """
    for dose in case.doses:
        if case.context.contractor is None and on_list(case, dose):
            yield notice(
                "The list of self-administered drugs is the contractor's own",
                about=(dose.id,),
                because="no contractor is named",
                fix="Name the Medicare contractor",
                fields=("contractor",),
            )


@rule(stage=Stage.ADJUST, wants="claim", applies=("restricted_disclosure",), cites=PRIVACY)
def patient_forbade_claim(case: Case) -> Iterator[Outcome]:
    """The plan may not be told of this visit: no claim may be made.

    A patient who has paid for a service in full has the right to keep it from the plan. So are confidential services
    of a minor kept from it, and records of substance use treatment without consent. A claim would break that.
    """
    if not case.context.restricted_disclosure:
        return
    for charge in case.charges:
        said = "the plan may not be told of this visit"
        yield Withheld(charge.code, said, charge.administrations, charge)
    if case.charges:
        yield claim_gap(
            "The plan may not be told of this visit: no claim may be made",
            because="a restriction of disclosure stands on the patient's page",
            fix="Keep the charges on the patient's account",
            fields=("restricted_disclosure",),
        )


@rule(stage=Stage.CHECK, applies=("no payer",), cites="Revenue cycle: a claim needs a payer")
def none_on_file(case: Case) -> Iterator[Finding]:
    """No coverage is on file for the day.

    Somebody has to pay. Until a plan, or the patient alone, is named, nobody can be billed.
    """
    if case.charges and not case.context.payer.key:
        yield claim_gap(
            "No coverage is on file for this day",
            because="the visit names no plan, and the patient has none that was in force",
            fix="Add the coverage, or self-pay, to the patient",
            fields=("payer",),
        )


@rule(stage=Stage.CHECK, wants="good-faith-estimate", cites="45 CFR 149.610: Good Faith Estimate for self-pay patients")
def estimate_for_patient(case: Case) -> Iterator[Finding]:
    """A patient who pays alone is owed an estimate beforehand.

    The law asks for the expected price in writing before a planned service.
    """
    if case.charges:
        yield notice(
            "A patient who pays alone is owed a Good Faith Estimate beforehand",
            because="no plan pays for this visit",
            fix="Give the estimate and keep a copy",
        )


@rule(stage=Stage.CHECK, wants="no-contraception", applies=("contraceptive",), cites=CONTRACEPTION)
def contraceptive_without_reason(case: Case) -> Iterator[Finding]:
    """A contraceptive given for another reason needs that reason on the line.

    Medicare has no benefit for contraception, but covers the same drug for a disease. A contraception code on the
    line puts that at risk.
    """
    for charge in case.of(Kind.DRUG):
        contraceptive = any("contraceptive" in classes_of(d) for d in case.doses_of(charge))
        if (
            contraceptive
            and "GY" not in charge.modifiers
            and any(d.upper().startswith("Z30") for d in charge.diagnoses)
        ):
            yield claim_gap(
                "Contraception is coded beside the other reason",
                about=charge.administrations,
                because=f"{charge.code} is linked to {', '.join(charge.diagnoses)}",
                fix="Link only the disease that is treated",
                fields=("diagnoses",),
            )
