"""Evaluation: the visit beside the injection, when it counts and how it says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.case import DISTINCT, Case
from billing.codes import (
    ADMINISTRATION,
    HOLDS_NURSE_VISIT,
    MEDICARE_VACCINE_ADMINISTRATION,
    NEW_PATIENT_VISITS,
    NURSE_VISIT,
    PREVENTIVE_VISITS,
    VACCINE_ADMINISTRATION,
    VISIT_ADD_ON,
    is_drug,
    is_vaccine_product,
    is_visit,
)
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
from billing.rules.acts import acts_beside, acts_elsewhere, preventive_beside
from billing.rules.rule import Stage, rule
from injections.facts import Service

MODIFIER_25 = "NCCI Policy Manual ch. I and XI; CMS 100-04 ch. 12 §30.6.6: significant, separately identifiable"
NURSE_VISIT_RULE = "CMS 100-04 ch. 12 §30.6.7 D; NCCI 96372/99211, no modifier allowed"
RECORD = "Social Security Act §1833(e): no payment without information that shows what is due"
INCIDENT_TO = "42 CFR 410.26; Medicare Benefit Policy Manual ch. 15 §60"
COMPLEXITY = "CMS Physician Fee Schedule 2024 and 2025: G2211 (confirm)"
UNPAID = "Consolidated Appropriations Act, 2021, section 113: no payment of G2211 before 1 January 2024"


def _key(number: int) -> str:
    return f"service:{number}"


@rule(stage=Stage.DERIVE, applies=("services",), cites="The visit as the practitioner reported it")
def reported_services(case: Case) -> Iterator[Outcome]:
    """The services that the practitioner reported stand on the claim.

    Codes for giving a drug are not among them: they follow from the chart.
    """
    for number, service in enumerate(case.encounter.services):
        if not _follows_from_chart(case, service):
            yield Charge(
                key=_key(number),
                code=service.code,
                units=service.units,
                kind=Kind.SERVICE,
                diagnoses=service.diagnoses or case.encounter.diagnoses,
                modifiers=tuple(m for m in service.modifiers if m not in _left_out(service)),
                because="reported by the practitioner",
            )


def _left_out(service: Service) -> frozenset[str]:
    """What the rules say for themselves, and on a visit what can never stand there."""
    return (DISTINCT if is_visit(service.code) else frozenset()) | {"25"}


def _follows_from_chart(case: Case, service: Service) -> bool:
    if not case.encounter.administrations:
        return False
    return service.code in ADMINISTRATION or is_drug(service.code) or is_vaccine_product(service.code)


@rule(stage=Stage.CHECK, applies=("services",), cites=RECORD)
def claimed_act_differs(case: Case) -> Iterator[Outcome]:
    """A code was reported for giving a drug that the chart does not lead to.

    Codes for giving a drug follow from the chart. When a reported one differs, either the chart or the report is
    wrong.
    """
    derived = {c.code for c in case.charges}
    for service in case.encounter.services:
        if _follows_from_chart(case, service) and service.code not in derived:
            lead = ", ".join(sorted(c.code for c in case.of(Kind.ADMINISTRATION, Kind.DRUG))) or "no such line"
            yield Withheld(service.code, f"the chart leads to {lead}, not to {service.code}")
            yield claim_gap(
                f"{service.code} was reported, and the chart does not lead to it",
                because=f"the chart leads to {lead}",
                fix=f"Remove {service.code}, or correct the chart",
                fields=("services",),
            )


def _services(case: Case) -> Iterator[tuple[Charge, Service]]:
    for charge in case.of(Kind.SERVICE):
        yield charge, case.encounter.services[int(charge.key.partition(":")[2])]


@rule(stage=Stage.ADJUST, applies=("services",), cites=MODIFIER_25)
def visit_beside_injection(case: Case) -> Iterator[Outcome]:
    """A visit that stands for itself beside an injection carries 25.

    Another diagnosis is not needed; work beyond the injection is.
    """
    for charge, service in _services(case):
        if is_visit(charge.code) and service.separately_identifiable is not False:
            beside = (*acts_beside(case, charge.code), *preventive_beside(case, charge.code))
            outside = acts_elsewhere(case, charge.code)
            if beside or outside:
                codes = sorted({c.code for c in case.charges if c.key in beside} | set(outside))
                said = f"a visit of its own beside {', '.join(codes)}"
                yield Modifier(charge, "25", because=said, beside=() if outside else beside)


@rule(stage=Stage.ADJUST, applies=("services",), cites=MODIFIER_25)
def visit_is_part_of_injection(case: Case) -> Iterator[Outcome]:
    """A visit that was nothing but the injection is not billed beside it.

    Vital signs, consent and a short word are part of giving a planned dose.
    """
    for charge, service in _services(case):
        beside = acts_beside(case, charge.code)
        if is_visit(charge.code) and service.separately_identifiable is False and beside:
            said = "the visit is charted as nothing beyond the injection"
            yield Withheld(charge.code, said, charge=charge, beside=beside)


@rule(stage=Stage.CHECK, applies=("services",), cites=MODIFIER_25)
def separate_visit_not_charted(case: Case) -> Iterator[Finding]:
    """Nobody has said whether the visit stands for itself.

    25 states that it does. Only the person who saw the patient can say so.
    """
    for charge, service in _services(case):
        if "25" in charge.modifiers and service.separately_identifiable is None:
            yield claim_gap(
                f"Whether {charge.code} stands for itself beside the injection is not charted",
                because="25 says that the visit went beyond the work of the injection",
                fix="State the assessment or decision that was made beyond the injection",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("services.separately_identifiable",),
            )


@rule(stage=Stage.CHECK, applies=("services",), cites=MODIFIER_25)
def modifier_25_missing(case: Case) -> Iterator[Finding]:
    """The visit was reported without 25, and needs it.

    Without it the payer reads the visit as a part of the injection and does not pay for it.
    """
    for charge, service in _services(case):
        if "25" in charge.modifiers and service.modifiers and "25" not in service.modifiers:
            yield notice(
                f"{charge.code} was reported without 25; we added it",
                because=f"reported with {', '.join(service.modifiers)}",
                severity=Severity.INFO,
            )


@rule(stage=Stage.ADJUST, applies=("services",), cites=NURSE_VISIT_RULE)
def nurse_visit_beside_injection(case: Case) -> Iterator[Outcome]:
    """A nurse visit is never billed beside an injection.

    The nurse's work is already paid with the injection, and no modifier parts the two codes.
    """
    acts = tuple(c.key for c in case.of(Kind.ADMINISTRATION) if c.code in HOLDS_NURSE_VISIT)
    outside = [line.code for line in case.context.same_day if line.code in HOLDS_NURSE_VISIT]
    for charge, _ in _services(case):
        if charge.code == NURSE_VISIT and (acts or outside):
            code = next((c.code for c in case.charges if c.key in acts), outside[0] if outside else "")
            said = f"{NURSE_VISIT} is included in {code}; no modifier parts them"
            yield Withheld(charge.code, said, charge=charge, beside=() if outside else acts)


@rule(stage=Stage.CHECK, wants="incident-to", applies=("new patient",), cites=INCIDENT_TO)
def new_patient_seen_by_nurse_only(case: Case) -> Iterator[Finding]:
    """A new patient was seen by staff only.

    Staff can carry on a plan that the practitioner began, and not begin one.
    """
    visits = [s.code for s in case.encounter.services if is_visit(s.code) and s.code != NURSE_VISIT]
    if case.encounter.patient.established is False and not visits and case.doses:
        yield claim_gap(
            "A new patient was seen by staff only",
            because="the practitioner has to see a new patient before staff can give a dose on the plan",
            fix="Bill the practitioner's visit, or hold the claim",
            owner=Owner.PHYSICIAN,
            until=Until.CO_SIGN,
            fields=("patient.established",),
        )


@rule(stage=Stage.CHECK, applies=("services",), cites="CPT, new and established patients")
def new_visit_for_known_patient(case: Case) -> Iterator[Finding]:
    """A new-patient visit was reported for an established patient.

    A patient whom the group has seen within three years is not new, whatever the reason for the visit.
    """
    for charge in case.of(Kind.SERVICE):
        if charge.code in NEW_PATIENT_VISITS and case.encounter.patient.established:
            yield claim_gap(
                f"{charge.code} is for new patients, and this one is established",
                because="seen by the group within three years",
                fix="Report the established-patient visit",
                fields=("services",),
            )


@rule(stage=Stage.ADJUST, wants="complexity-add-on", applies=("services",), cites=COMPLEXITY, since=date(2025, 1, 1))
def complexity_beside_25(case: Case) -> Iterator[Outcome]:
    """The complexity add-on G2211 is not paid when the visit carries 25.

    Except where the only other services are Part B vaccines or preventive ones.
    """
    spared = VACCINE_ADMINISTRATION | MEDICARE_VACCINE_ADMINISTRATION | PREVENTIVE_VISITS
    yield from _complexity(case, spared)


@rule(
    stage=Stage.ADJUST,
    wants="complexity-add-on",
    applies=("services",),
    cites=COMPLEXITY,
    since=date(2024, 1, 1),
    until=date(2024, 12, 31),
)
def complexity_beside_25_until_2024(case: Case) -> Iterator[Outcome]:
    """In 2024 the complexity add-on G2211 was never paid beside 25.

    Whatever the other service was: the exception for vaccines and preventive services began in 2025.
    """
    yield from _complexity(case, frozenset())


@rule(stage=Stage.ADJUST, wants="complexity-add-on", applies=("services",), cites=UNPAID, until=date(2023, 12, 31))
def complexity_not_yet_paid(case: Case) -> Iterator[Outcome]:
    """Until the end of 2023 Medicare did not pay the complexity add-on at all.

    The code was in the books since 2021, and the law put its payment off until 1 January 2024.
    """
    for charge in case.of(Kind.SERVICE):
        if charge.code == VISIT_ADD_ON:
            yield Withheld(VISIT_ADD_ON, "Medicare pays it from 1 Jan 2024 on", charge=charge)


def _complexity(case: Case, spared: frozenset[str]) -> Iterator[Outcome]:
    """The add-on goes where a visit carries 25 because of anything that is not spared."""
    visits = [c.code for c, _ in _services(case) if is_visit(c.code)]
    beside = {key for code in visits for key in (*acts_beside(case, code), *preventive_beside(case, code))}
    others = tuple(c.key for c in case.charges if c.key in beside and c.code not in spared)
    for charge in case.of(Kind.SERVICE):
        if charge.code == VISIT_ADD_ON and others:
            yield Withheld(VISIT_ADD_ON, "the visit carries 25", charge=charge, beside=others)


@rule(stage=Stage.CHECK, wants="bundles-injection", applies=("services",), cites="The plan's own payment policy")
def injection_paid_in_visit(case: Case) -> Iterator[Finding]:
    """This plan pays the injection within the visit, whatever the modifier.

    The plan's own policy decides, so an appeal is wasted work. The drug is still paid.
    """
    visits = [c.code for c in case.of(Kind.SERVICE) if is_visit(c.code)]
    acts = [c for c in case.of(Kind.ADMINISTRATION) if c.code in ADMINISTRATION]
    if visits and acts:
        yield notice(
            f"{acts[0].code} will be denied as included in {visits[0]} (CARC 97)",
            about=acts[0].administrations,
            because="this plan pays injections within the visit",
            fix="Expect no payment for the act; the drug is paid",
        )


@rule(stage=Stage.CHECK, wants="vitamin-visit-review", applies=("vitamin",), cites="Noridian SMRC project 01-080")
def vitamin_beside_visit(case: Case) -> Iterator[Finding]:
    """Vitamin B12 beside a visit with 25 is looked at closely.

    A Medicare contractor found many of these visits to be no more than the injection. The note has to show the
    rest.
    """
    drugs = {c.code for c in case.of(Kind.DRUG)} & {"J3420", "J3425"}
    if drugs and any("25" in c.modifiers for c in case.of(Kind.SERVICE)):
        yield notice(
            "Vitamin B12 beside a visit with 25 is often audited",
            because=f"{', '.join(sorted(drugs))} with a visit carrying 25",
            fix="Make sure that the note shows the work beyond the injection",
            owner=Owner.PHYSICIAN,
            until=Until.CO_SIGN,
        )
