"""Places: where the patient was, and who bills for the act there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from billing.case import Case
from billing.codes import (
    ADMINISTRATION,
    HOLDS_NURSE_VISIT,
    MEDICARE_VACCINE_ADMINISTRATION,
    RSV_ADMINISTRATION,
    VACCINE_ADMINISTRATION,
)
from billing.outcomes import Finding, Kind, Outcome, Owner, Severity, Until, Withheld, claim_gap, notice
from billing.practitioners import may_bill
from billing.reference.tables import Place
from billing.rules.rule import Stage, rule
from billing.vaccines import kinds_of
from injections.facts import Administration, SupervisionMode, known

PFS_FACILITY = "CMS Physician Fee Schedule: PC/TC indicator 5, no payment to the practitioner (confirm for the drug)"
SNF = "Medicare Claims Processing Manual ch. 6: consolidated billing in a Part A stay"
CLINICS = "Medicare Benefit Policy Manual ch. 13 §120.3: rural health clinics and FQHCs"
COST_REPORT = "CMS CR 13923 (MM13923): from 1 Jul 2025 these clinics bill the vaccines of Part B on their claims"
IN_THE_HOME = "CMS HCPCS M0201; NGS, preventive vaccines: in-home vaccine administration (confirm who qualifies)"
HOME = "42 CFR 410.26: direct supervision at the patient's home"
#: vaccines that clinics bill to Part B beside their rate
_PAID_APART = frozenset({"influenza", "pneumococcal", "hepatitis-b", "covid-19"})
_ON_CLAIMS_FROM = date(2025, 7, 1)
#: the extra code for going to a home: for COVID-19 vaccines first, for all of Part B since 2024
_AT_HOME_CODE, _AT_HOME_FROM = "M0201", date(2024, 1, 1)
_CLINICS = ("50", "72")
#: a vaccine is a benefit of its own and nobody's incident
_VACCINES = VACCINE_ADMINISTRATION | MEDICARE_VACCINE_ADMINISTRATION
#: homes of patients: there is no suite of the practice's to be in
_HOMES = frozenset({"12", "13", "14", "16", "33"})
#: nobody is injected through a screen
_TELEHEALTH = frozenset({"02", "10"})
#: the fee schedule calls these no facility, and yet they bill what their own staff give
_BILL_THEIR_STAFF = frozenset({"62", "65"})
_STAFF_ACTS = (ADMINISTRATION | HOLDS_NURSE_VISIT) - RSV_ADMINISTRATION


def _facility(case: Case) -> Place | None:
    """The place, where it is one that bills for what is given there."""
    place = case.reference.place(case.encounter.place_of_service)
    if place is None or place.code in _TELEHEALTH:
        return None
    return place if place.facility or place.code in _BILL_THEIR_STAFF else None


@rule(stage=Stage.ADJUST, wants="facility-bills-act", applies=("elsewhere",), cites=PFS_FACILITY)
def act_in_facility(case: Case) -> Iterator[Outcome]:
    """In a facility the act of giving is the facility's to bill.

    An emergency room, a hospital department or a surgery center pays the staff who give the dose, and is paid for it.
    The line for the act is therefore left out of the practice's bill.
    """
    place = _facility(case)
    for charge in case.of(Kind.ADMINISTRATION):
        if place is not None and charge.code in _STAFF_ACTS:
            said = f"place of service {place.code} ({place.name}): the facility bills for giving the dose"
            yield Withheld(charge.code, said, charge.administrations, charge)


@rule(stage=Stage.ADJUST, wants="facility-bills-act", applies=("elsewhere",), cites=PFS_FACILITY)
def drug_in_facility(case: Case) -> Iterator[Outcome]:
    """In a facility the drug comes from the facility, which bills it.

    The facility bought the drug and is paid for it. A line of the practice's would be a second payment.
    """
    place = _facility(case)
    for charge in case.of(Kind.DRUG, Kind.WASTE):
        if place is not None:
            said = f"place of service {place.code} ({place.name}): the drug is on the facility's claim"
            yield Withheld(charge.code, said, charge.administrations, charge)


@rule(stage=Stage.ADJUST, wants="snf-consolidated", applies=("patient.snf_part_a_stay",), cites=SNF)
def in_nursing_stay(case: Case) -> Iterator[Outcome]:
    """During a Part A nursing-facility stay the facility bills.

    Medicare pays the nursing facility one rate for the stay. The facility settles with the practice.
    """
    if not case.encounter.patient.snf_part_a_stay:
        return
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE):
        yield Withheld(charge.code, "the patient is in a Part A nursing-facility stay", charge.administrations, charge)


@rule(stage=Stage.ADJUST, wants="clinic-rate", applies=("elsewhere",), cites=CLINICS)
def in_clinic_rate(case: Case) -> Iterator[Outcome]:
    """At a rural health clinic or FQHC the visit's rate holds injections.

    Such a clinic is paid one rate for each visit, and what staff do during it is inside.
    """
    place = case.encounter.place_of_service
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE):
        vaccine = bool(kinds_of(case.doses_of(charge)) & _PAID_APART)
        if place in _CLINICS and not vaccine:
            yield Withheld(
                charge.code, f"place of service {place}: paid within the visit's rate", charge.administrations, charge
            )


@rule(
    stage=Stage.ADJUST,
    wants="clinic-rate",
    applies=("elsewhere",),
    cites=COST_REPORT,
    until=_ON_CLAIMS_FROM - timedelta(days=1),
)
def vaccine_on_cost_report(case: Case) -> Iterator[Outcome]:
    """Before July 2025 such a clinic did not bill Medicare for vaccines.

    What they cost was settled with the report of the year. Since then they stand on the claim, beside the visit's rate
    or alone.
    """
    if case.wants("vaccine-administration") != "medicare" or case.encounter.place_of_service not in _CLINICS:
        return
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG):
        if kinds_of(case.doses_of(charge)) & _PAID_APART:
            said = f"place of service {case.encounter.place_of_service}: settled in the year's cost report"
            yield Withheld(charge.code, said, charge.administrations, charge)


@rule(stage=Stage.CHECK, wants="vaccine-administration", applies=("elsewhere",), cites=IN_THE_HOME, since=_AT_HOME_FROM)
def vaccine_at_home(case: Case) -> Iterator[Finding]:
    """Going to a patient's home only to vaccinate may be paid extra.

    Medicare adds M0201 once for a home and a day, beside the code for giving the vaccine, where the patient can hardly
    leave the home and nothing else was done there.
    """
    place = case.reference.place(case.encounter.place_of_service)
    acts = [c for c in case.of(Kind.ADMINISTRATION) if kinds_of(case.doses_of(c)) & _PAID_APART]
    reported = any(s.code == _AT_HOME_CODE for s in case.encounter.services)
    if place is not None and place.code in _HOMES and acts and not reported:
        yield notice(
            f"{_AT_HOME_CODE} may be due beside {acts[0].code}",
            about=tuple(i for c in acts for i in c.administrations),
            because=f"vaccinated at place of service {place.code} ({place.name})",
            fix=f"Report {_AT_HOME_CODE} if the vaccine was the only reason to go there",
            severity=Severity.INFO,
            fields=("services",),
        )


@rule(stage=Stage.CHECK, wants="supervision", applies=("elsewhere",), cites=HOME)
def at_home(case: Case) -> Iterator[Finding]:
    """At the patient's home the practitioner has to be there too.

    At home there is no suite to be in. The practitioner has to be in the home itself for staff's work to count as
    the practitioner's, or watch by audio and video where the payer accepts that. Vaccines are no part of anybody's
    plan: staff give them alone.
    """
    acts = [c for c in case.of(Kind.ADMINISTRATION) if c.code not in _VACCINES]
    by_staff = [d for c in acts for d in case.doses_of(c) if not may_bill(known(d.given_by))]
    by_staff = [d for d in by_staff if not _seen_by_video(case, d)]
    place = case.reference.place(case.encounter.place_of_service)
    if place is not None and place.code in _HOMES and by_staff:
        yield claim_gap(
            "Given at home: the practitioner has to be present there",
            because=f"place of service {place.code} ({place.name})",
            fix="Chart who was present, or name the exception",
            owner=Owner.PHYSICIAN,
            until=Until.CO_SIGN,
            fields=("place_of_service",),
        )


def _seen_by_video(case: Case, dose: Administration) -> bool:
    supervised = known(case.encounter.supervision_of(dose))
    by_video = supervised is not None and supervised.mode is SupervisionMode.AUDIO_VIDEO
    return by_video and case.wants("virtual-supervision") == "accepted"


@rule(
    stage=Stage.CHECK,
    wants="claim",
    applies=("elsewhere",),
    cites="CMS place of service codes 02 and 10: telehealth",
)
def not_by_telehealth(case: Case) -> Iterator[Finding]:
    """A dose cannot be given by telehealth.

    Somebody was with the patient. The place is where that was, whoever watched on a screen.
    """
    place = case.reference.place(case.encounter.place_of_service)
    given = case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE)
    if place is not None and place.code in _TELEHEALTH and given:
        yield claim_gap(
            "A dose cannot be given by telehealth",
            because=f"place of service {place.code} ({place.name})",
            fix="Choose the place where the patient got the dose, 11 for the office",
            fields=("place_of_service",),
        )


@rule(stage=Stage.CHECK, wants="claim", applies=("no place_of_service",), cites="CMS place of service code set")
def place_not_stated(case: Case) -> Iterator[Finding]:
    """The place of service is not stated.

    Every line of a claim says where it happened. An office is likely, and nobody has said so.
    """
    if case.encounter.place_of_service is None and case.charges:
        yield notice(
            "The place of service is not stated",
            because="billed as if given in the office (11)",
            fix="Choose the place, 11 for the office",
            fields=("place_of_service",),
        )


@rule(stage=Stage.CHECK, wants="snf-consolidated", applies=("elsewhere",), cites=SNF)
def nursing_place_contradicts_stay(case: Case) -> Iterator[Finding]:
    """Place of service 31 says a Part A stay, and the patient has none.

    31 and 32 are told apart by the stay, not by the building. With the wrong one the wrong side bills: at 31 what staff
    give is left out of the practice's bill, at 32 it stands there.
    """
    if case.encounter.place_of_service == "31" and case.encounter.patient.snf_part_a_stay is False:
        yield claim_gap(
            "Place of service and nursing-facility stay contradict each other",
            because="place of service 31, and no Part A stay",
            fix="Ask the facility; without a Part A stay the place is 32",
            fields=("place_of_service", "patient.snf_part_a_stay"),
        )


@rule(stage=Stage.CHECK, cites="CMS place of service code set")
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


@rule(stage=Stage.CHECK, wants="snf-consolidated", applies=("elsewhere",), cites=SNF)
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
