"""Coverage: what a payer does not cover at all, and the paper that shifts the cost to the patient."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.families import classes_of, route_of
from billing.outcomes import (
    Charge,
    Finding,
    Kind,
    Modifier,
    Outcome,
    Owner,
    Severity,
    Until,
    Withheld,
    claim_gap,
    notice,
)
from billing.reference.self_given import named_self_given
from billing.rules.rule import Stage, rule
from billing.vaccines import covered_by_part_b
from injections.facts import Administration

SELF_GIVEN = "Medicare Benefit Policy Manual ch. 15 §50.2; MAC articles A53033, A53066, A52527"
PART_D = "Medicare Benefit Policy Manual ch. 15 §50.4.4.2: other vaccines are Part D"
CONTRACEPTION = "Social Security Act §1862(a)(1)(A): no Medicare benefit for contraception"
ABN_RULES = "Medicare Claims Processing Manual ch. 30 §50"
PRIVACY = "45 CFR 164.522(a)(1)(vi): paid in full, no disclosure to the plan"


def _excluded(case: Case, charge: Charge) -> str | None:
    """Why the payer does not cover the drug of a line, by its list or by law."""
    for dose in case.doses_of(charge):
        if case.wants("self-administered-list"):
            row = _on_list(case, dose)
            if row:
                return row
        if case.wants("no-contraception") and _for_contraception(case, dose):
            return "Medicare has no benefit for contraception"
        if case.wants("vaccine-administration") == "medicare" and not covered_by_part_b(dose, case.encounter):
            return "Part B does not cover this vaccine, Part D does"
    return None


def _on_list(case: Case, dose: Administration) -> str | None:
    codes = [c.code for c in dose.product.codings_on(case.day)] if dose.product else []
    named = named_self_given(dose.drug, case.day) if dose.drug and dose.product is None else None
    if named is not None and route_of(dose) in ("SC", None):
        return f"{named.name} is held to be usually given by patients themselves"
    for code in codes:
        row = case.reference.usually_self_given(code, route_of(dose) or "", case.context.contractor)
        if row is not None and not case.encounter.patient.snf_part_a_stay:
            return f"{code} is held to be usually given by patients themselves since {row.since}"
    return None


def _for_contraception(case: Case, dose: Administration) -> bool:
    diagnoses = [d.upper() for d in case.encounter.diagnoses_of(dose)]
    return bool(diagnoses) and all(d.startswith(("Z30", "Z32")) for d in diagnoses)


@rule(stage=Stage.ADJUST, applies=("doses",), cites=SELF_GIVEN)
def not_covered(case: Case) -> Iterator[Outcome]:
    """A drug that the payer does not cover is not billed to it, nor is giving it.

    That a nurse gave it changes nothing.
    """
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE):
        why = _excluded(case, charge)
        if why:
            yield Withheld(charge.code, why, charge.administrations, charge)


@rule(stage=Stage.DERIVE, wants="self-administered-list", applies=("doses",), cites=SELF_GIVEN)
def self_given_without_code(case: Case) -> Iterator[Outcome]:
    """A drug without a code of its own that patients usually give themselves is not covered either.

    Such a drug is on no list, because lists go by code. It is known by its name instead.
    """
    for dose in case.doses:
        if dose.product is None and (why := _on_list(case, dose)):
            yield Withheld(dose.called, why, (dose.id,))


@rule(stage=Stage.CHECK, wants="self-administered-list", applies=("route:SC",), cites=SELF_GIVEN)
def self_given_device(case: Case) -> Iterator[Finding]:
    """A pen or autoinjector is made for patients, so a contractor may have listed the drug.

    Drugs into muscle and vein are presumed not to be self-given; under the skin each list decides by itself.
    """
    for dose in case.doses:
        made_for_patients = dose.product and any(p.container in ("pen", "autoinjector") for p in dose.product.packages)
        if made_for_patients and route_of(dose) == "SC" and not _on_list(case, dose):
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
        if case.context.contractor is None and _on_list(case, dose):
            yield notice(
                "The list of self-administered drugs is the contractor's own",
                about=(dose.id,),
                because="no contractor is named",
                fix="Name the Medicare contractor",
                fields=("contractor",),
            )


@rule(stage=Stage.ADJUST, wants="abn", applies=("doses",), cites=ABN_RULES)
def notice_signed(case: Case) -> Iterator[Outcome]:
    """A signed notice to the patient is told with GA, a voluntary one with GX.

    The modifier tells Medicare that the patient agreed beforehand to pay if Medicare does not.
    """
    abn = case.context.abn
    if abn is None or not abn.signed or (abn.date is not None and abn.date > case.day):
        return
    code = {"required": "GA", "voluntary": "GX"}.get(abn.kind)
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG):
        if code:
            yield Modifier(charge, code, because=f"the patient signed a notice ({abn.kind})")


@rule(stage=Stage.CHECK, wants="abn", applies=("doses",), cites=ABN_RULES)
def notice_signed_too_late(case: Case) -> Iterator[Finding]:
    """A notice that was signed after the dose does not count.

    The patient has to be able to say no before the dose. A later signature moves no cost.
    """
    abn = case.context.abn
    if abn is not None and abn.signed and abn.date is not None and abn.date > case.day:
        yield claim_gap(
            "The notice to the patient was signed after the dose",
            because=f"signed {abn.date}, given {case.day}",
            fix="Bill without GA; the patient cannot be charged",
            fields=("abn.date",),
        )


@rule(stage=Stage.CHECK, wants="abn", applies=("doses",), cites=ABN_RULES)
def notice_not_offered(case: Case) -> Iterator[Finding]:
    """A denial is likely, and the patient has signed no notice.

    Without one, signed before the dose, the cost stays with the practice.
    """
    strict = case.wants("supporting-diagnosis")
    if case.context.abn is not None or not isinstance(strict, tuple):
        return
    for charge in case.of(Kind.DRUG):
        product = next((d.product for d in case.doses_of(charge) if d.product), None)
        supported = product is None or any(d.upper().startswith(product.supports) for d in charge.diagnoses)
        if charge.code in strict and charge.diagnoses and not supported:
            yield notice(
                "A denial is likely, and the patient has signed no notice",
                about=charge.administrations,
                because=f"{charge.code} for {', '.join(charge.diagnoses)}",
                fix="Offer the notice before the next dose",
                owner=Owner.NURSE,
                until=Until.PATIENT_LEAVES,
                fields=("abn",),
            )


@rule(stage=Stage.CHECK, applies=("doses",), cites=ABN_RULES)
def notice_at_another_payer(case: Case) -> Iterator[Finding]:
    """The notice exists in Original Medicare only.

    A Medicare Advantage plan has to decide beforehand instead.
    """
    if case.context.abn is not None and not case.wants("abn"):
        yield notice(
            "This notice means nothing to this payer",
            because=f"{case.context.payer.name} does not use it",
            fix="Ask the plan for a decision before the dose",
            owner=Owner.BILLER,
            until=Until.FILING,
            fields=("abn",),
        )


@rule(stage=Stage.CHECK, cites=PRIVACY)
def patient_forbade_claim(case: Case) -> Iterator[Finding]:
    """The patient paid in full and asked that the plan is not told: no claim may be made.

    A patient who has paid for a service in full has the right to keep it from the plan. A claim would break that.
    """
    if case.context.restricted_disclosure and case.context.payer.kind != "self-pay":
        yield claim_gap(
            "The patient asked that the plan is not told: no claim may be made",
            because="paid in full by the patient",
            fix="Keep the charges on the patient's account",
            fields=("restricted_disclosure",),
        )


@rule(stage=Stage.CHECK, wants="good-faith-estimate", cites="45 CFR 149.610: Good Faith Estimate for self-pay patients")
def estimate_for_patient(case: Case) -> Iterator[Finding]:
    """A patient who pays alone is owed an estimate beforehand.

    The law asks for the expected price in writing before a planned service.
    """
    if case.charges:
        yield notice(
            "A patient who pays alone is owed a Good Faith Estimate beforehand",
            because="no plan is named on this visit",
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
        if contraceptive and any(d.upper().startswith("Z30") for d in charge.diagnoses):
            yield claim_gap(
                "Contraception is coded beside the other reason",
                about=charge.administrations,
                because=", ".join(charge.diagnoses),
                fix="Link only the disease that is treated",
                fields=("diagnoses",),
            )
