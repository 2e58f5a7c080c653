"""Places: where the patient was, and who bills for the act there."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.codes import ADMINISTRATION, HOLDS_NURSE_VISIT, RSV_ADMINISTRATION
from billing.outcomes import Finding, Kind, Outcome, Owner, Until, Withheld, claim_gap, notice
from billing.practitioners import may_bill
from billing.rules.rule import Stage, rule
from billing.vaccines import kinds_of
from injections.facts import known

PFS_FACILITY = "CMS Physician Fee Schedule: PC/TC indicator 5, no facility payment to the practitioner"
SNF = "Medicare Claims Processing Manual ch. 6: consolidated billing in a Part A stay"
CLINICS = "Medicare Benefit Policy Manual ch. 13 §120.3: rural health clinics and FQHCs"
HOME = "42 CFR 410.26: direct supervision at the patient's home"
#: vaccines that clinics bill to Part B beside their rate
_PAID_APART = frozenset({"influenza", "pneumococcal", "hepatitis-b", "covid-19"})
_STAFF_ACTS = (ADMINISTRATION | HOLDS_NURSE_VISIT) - RSV_ADMINISTRATION


@rule(stage=Stage.ADJUST, wants="facility-bills-act", applies=("doses",), cites=PFS_FACILITY)
def act_in_facility(case: Case) -> Iterator[Outcome]:
    """In a facility the act of giving is the facility's to bill.

    An emergency room, a hospital department or a surgery center pays the staff who give the dose.
    """
    place = case.reference.place(case.encounter.place_of_service)
    for charge in case.of(Kind.ADMINISTRATION):
        if place is not None and place.facility and charge.code in _STAFF_ACTS:
            said = f"place of service {place.code} ({place.name}): the facility bills for giving the dose"
            yield Withheld(charge.code, said, charge.administrations, charge)


@rule(stage=Stage.ADJUST, wants="facility-bills-act", applies=("doses",), cites=PFS_FACILITY)
def drug_in_facility(case: Case) -> Iterator[Outcome]:
    """In a facility the drug comes from the facility, which bills it.

    The facility bought the drug and is paid for it. A line of the practice's would be a second payment.
    """
    place = case.reference.place(case.encounter.place_of_service)
    for charge in case.of(Kind.DRUG, Kind.WASTE):
        if place is not None and place.facility:
            said = f"place of service {place.code} ({place.name}): the drug is on the facility's claim"
            yield Withheld(charge.code, said, charge.administrations, charge)


@rule(stage=Stage.ADJUST, wants="snf-consolidated", applies=("doses",), cites=SNF)
def in_nursing_stay(case: Case) -> Iterator[Outcome]:
    """During a Part A nursing-facility stay the facility bills what staff give.

    Medicare pays the nursing facility one rate for the stay. The facility settles with the practice.
    """
    if not case.encounter.patient.snf_part_a_stay:
        return
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE):
        yield Withheld(charge.code, "the patient is in a Part A nursing-facility stay", charge.administrations, charge)


@rule(stage=Stage.ADJUST, wants="clinic-rate", applies=("doses",), cites=CLINICS)
def in_clinic_rate(case: Case) -> Iterator[Outcome]:
    """At a rural health clinic or FQHC an injection is inside the rate of the visit.

    Such a clinic is paid one rate for each visit, and what staff do during it is inside.
    """
    place = case.encounter.place_of_service
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE):
        vaccine = bool(kinds_of(case.doses_of(charge)) & _PAID_APART)
        if place in ("50", "72") and not vaccine:
            yield Withheld(
                charge.code, f"place of service {place}: paid within the visit's rate", charge.administrations, charge
            )


@rule(stage=Stage.CHECK, wants="supervision", applies=("doses",), cites=HOME)
def at_home(case: Case) -> Iterator[Finding]:
    """At the patient's home the practitioner has to be there too.

    At home there is no suite to be in. The practitioner has to be in the home itself for staff's work to count as
    the practitioner's.
    """
    by_staff = [d for c in case.of(Kind.ADMINISTRATION) for d in case.doses_of(c) if not may_bill(known(d.given_by))]
    if case.encounter.place_of_service == "12" and by_staff:
        yield claim_gap(
            "Given at home: the practitioner has to be present there",
            because="place of service 12",
            fix="Chart who was present, or name the exception",
            owner=Owner.PHYSICIAN,
            until=Until.CO_SIGN,
            fields=("place_of_service",),
        )


@rule(stage=Stage.CHECK, applies=("doses",), cites="CMS place of service code set")
def place_not_known(case: Case) -> Iterator[Finding]:
    """The place of service is not one of the published codes.

    The place decides who is paid, and how much. A code that is not published is rejected.
    """
    code = case.encounter.place_of_service
    if code is not None and case.reference.place(code) is None and case.charges:
        yield claim_gap(
            f'"{code}" is not a place of service',
            because="not among the published codes",
            fix="Choose the place, 11 for the office",
            fields=("place_of_service",),
        )


@rule(stage=Stage.CHECK, wants="snf-consolidated", applies=("doses",), cites=SNF)
def nursing_facility_stay_not_stated(case: Case) -> Iterator[Finding]:
    """In a nursing facility it matters whether the stay is a Part A stay.

    During a Part A stay the facility bills, otherwise the practice does. The place of service alone does not tell.
    """
    if case.encounter.place_of_service == "32" and case.encounter.patient.snf_part_a_stay is None and case.charges:
        yield notice(
            "Whether the patient is in a Part A stay is not stated",
            because="place of service 32",
            fix="Ask the facility",
            fields=("patient.snf_part_a_stay",),
        )
