"""Twins for the chapters on the claim: bundling, surgery, supervision, places, coverage, authorisation, claim, time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from billing.context import Abn, Authorization, BilledLine, Eligibility, Filing, GlobalPeriod
from injections.facts import Clinician, Order, Patient, Service, Source, Unobtainable
from tests.builders import ADAMS, AT, DAY, ask, dose, payer, supervised, visit

KETOROLAC = dose()
KNEE = dose("triamcinolone", "40 mg", id="2", route="intra-articular", site="knee", side="right", diagnoses=("M17.11",))
#: with the patient's own drug the bill shows the act alone
BROUGHT = dose(source=Source.PATIENT)
BROUGHT_KNEE = replace(KNEE, source=Source.PATIENT)
FLU_SHOT = dose("influenza-vaccine", "0.5 mL", diagnoses=("Z23",))
JUNE_30 = date(2025, 6, 30)
NO_STAY = Patient(snf_part_a_stay=False)
PROLIA = dose("denosumab", "60 mg", route="SC", diagnoses=("M81.0",))
DEPO = dose("medroxyprogesterone", "150 mg", diagnoses=("Z30.42",))
INSULIN = dose("insulin", "10 units", route="SC", diagnoses=("E11.65",))
NOBODY = supervised("none", clinician=None)
VIDEO = supervised("audio-video")
REQUIRED = {"authorization_required": frozenset({"J0897"})}
APPROVAL = Authorization("J0897", "A1", DAY - timedelta(30), DAY + timedelta(30), 60)
SURGERY = GlobalPeriod(90, same_group=True, related=True)
UNRELATED = GlobalPeriod(90, same_group=True, related=False)
EIGHT = tuple(dose(id=str(n), side="left" if n % 2 else "right") for n in range(1, 9))
TIRED = dose("cyanocobalamin", "1 mg", diagnoses=("R53.83",))
NURSE = Clinician("Reed", "RN")
FIVE = ("M54.50", "R52", "G89.11", "M62.830", "S39.012A")
BAD_NPI = Clinician("Adams", "MD", "1234567890")


def ordered(kind: str) -> Order:
    return Order(kind=kind, signed=True, date=date(2026, 10, 1), clinician=ADAMS)


def at(place: str, **changes: object):
    return visit(KETOROLAC, place_of_service=place, **changes)


TWINS = {
    # --- bundling
    "bundling.never_together": (
        ask(visit(KETOROLAC, services=(Service("36591"),))),
        ask(visit(KETOROLAC, services=(Service("36415"),))),
    ),
    "bundling.parted_by_modifier": (ask(visit(KETOROLAC, KNEE)), ask(KETOROLAC)),
    "bundling.service_beside_injection": (
        ask(visit(KNEE, services=(Service("20550"),))),
        ask(visit(KETOROLAC, services=(Service("36415"),))),
    ),
    "bundling.more_units_than_expected": (ask(visit(*EIGHT), "medicare"), ask(KETOROLAC, "medicare")),
    "bundling.already_billed_today": (ask(KETOROLAC, same_day=(BilledLine("J1885", 2),)), ask(KETOROLAC)),
    "bundling.drug_without_act": (ask(dose(route=None)), ask(KETOROLAC)),
    "bundling.act_without_drug": (ask(dose("ketorolac", "30 units")), ask(dose(source=Source.SAMPLE))),
    # --- surgery
    "surgery.part_of_aftercare": (ask(KETOROLAC, global_period=SURGERY), ask(KETOROLAC, global_period=UNRELATED)),
    "surgery.unrelated_to_operation": (ask(KETOROLAC, global_period=UNRELATED), ask(KETOROLAC, global_period=SURGERY)),
    "surgery.relation_to_operation_not_stated": (
        ask(KETOROLAC, global_period=GlobalPeriod(90)),
        ask(KETOROLAC, global_period=SURGERY),
    ),
    "surgery.in_obstetric_package": (
        ask(dose(diagnoses=("O21.0",)), payer(obstetric_package="ask")),
        ask(dose(diagnoses=("O21.0",)), payer(obstetric_package="included")),
    ),
    "surgery.held_by_obstetric_package": (
        ask(dose(diagnoses=("O21.0",)), payer(obstetric_package="included")),
        ask(dose(diagnoses=("O21.0",)), payer(obstetric_package="ask")),
    ),
    # --- supervision
    "supervision.not_supervised": (ask(visit(KETOROLAC, supervision=NOBODY)), ask(KETOROLAC)),
    "supervision.drug_not_incident": (
        ask(visit(KETOROLAC, supervision=NOBODY), "medicare"),
        ask(visit(dose(given_by=ADAMS), supervision=NOBODY), "medicare"),
    ),
    "supervision.nurse_visit_not_supervised": (
        ask(visit(supervision=NOBODY, services=(Service("99211"),)), "medicare"),
        ask(visit(services=(Service("99211"),)), "medicare"),
    ),
    "supervision.supervised_by_video": (
        ask(visit(KETOROLAC, supervision=VIDEO), payer("medicare", virtual_modifier=True)),
        ask(KETOROLAC, payer("medicare", virtual_modifier=True)),
    ),
    "supervision.supervision_not_provable": (
        ask(visit(KETOROLAC, supervision=Unobtainable("the doctor had left"))),
        ask(KETOROLAC),
    ),
    "supervision.supervisor_not_named": (ask(visit(KETOROLAC, supervision=supervised(clinician=None))), ask(KETOROLAC)),
    "supervision.given_outside_presence": (
        ask(visit(KETOROLAC, supervision=supervised(since=AT + timedelta(hours=1)))),
        ask(KETOROLAC),
    ),
    "supervision.video_to_be_confirmed": (
        ask(visit(KETOROLAC, supervision=VIDEO)),
        ask(visit(KETOROLAC, supervision=VIDEO), "medicare"),
    ),
    "supervision.does_not_count": (ask(visit(KETOROLAC, supervision=supervised("audio-only"))), ask(KETOROLAC)),
    "scope.outside_scope_of_practice": (ask(visit(KETOROLAC, state="NY")), ask(visit(KETOROLAC, state="TX"))),
    "scope.protocol_not_enough": (
        ask(visit(dose(order=ordered("protocol"), given_by=NURSE), state="NY")),
        ask(visit(dose("influenza-vaccine", "0.5 mL", order=ordered("protocol"), given_by=NURSE), state="NY")),
    ),
    "scope.training_on_file": (ask(visit(KETOROLAC, state="CA")), ask(visit(KETOROLAC, state="TX"))),
    "scope.scope_not_known": (ask(visit(KETOROLAC, state="VA")), ask(visit(dose(given_by=NURSE), state="VA"))),
    "supervision.given_under_protocol_only": (
        ask(dose(order=ordered("protocol")), "medicare"),
        ask(dose(order=ordered("series")), "medicare"),
    ),
    # --- places
    "places.act_in_facility": (ask(visit(BROUGHT, place_of_service="22")), ask(visit(BROUGHT, place_of_service="11"))),
    "places.drug_in_facility": (ask(at("23")), ask(at("11"))),
    "places.in_nursing_stay": (
        ask(at("32", patient=Patient(snf_part_a_stay=True)), "medicare"),
        ask(at("32", patient=Patient(snf_part_a_stay=False)), "medicare"),
    ),
    "places.in_clinic_rate": (ask(at("72"), "medicare"), ask(at("11"), "medicare")),
    "places.vaccine_on_cost_report": (
        *(ask(visit(FLU_SHOT, place_of_service="72", date=day), "medicare") for day in (JUNE_30, date(2025, 7, 1))),
    ),
    "places.vaccine_at_home": (
        ask(visit(FLU_SHOT, place_of_service="12"), "medicare"),
        ask(visit(FLU_SHOT, place_of_service="12", services=(Service("M0201"),)), "medicare"),
    ),
    "places.at_home": (ask(at("12"), "medicare"), ask(visit(FLU_SHOT, place_of_service="12"), "medicare")),
    "places.not_by_telehealth": (ask(at("10")), ask(at("12"))),
    "places.place_not_stated": (ask(visit(KETOROLAC, place_of_service=None)), ask(KETOROLAC)),
    "places.nursing_place_contradicts_stay": (
        ask(visit(BROUGHT_KNEE, place_of_service="31", patient=NO_STAY), "medicare"),
        ask(visit(BROUGHT_KNEE, place_of_service="32", patient=NO_STAY), "medicare"),
    ),
    "places.place_not_known": (ask(at("77")), ask(at("11"))),
    "places.nursing_facility_stay_not_stated": (
        ask(at("32"), "medicare"),
        ask(at("32", patient=Patient(snf_part_a_stay=False)), "medicare"),
    ),
    # --- coverage
    "coverage.not_covered": (ask(INSULIN, "medicare"), ask(INSULIN, "commercial")),
    "coverage.exclusion_differs_by_contractor": (
        ask(INSULIN, "medicare"),
        ask(INSULIN, "medicare", contractor="Novitas"),
    ),
    "notices.signed": (ask(KETOROLAC, "medicare", abn=Abn(True, DAY)), ask(KETOROLAC, "medicare")),
    "notices.signed_too_late": (
        ask(KETOROLAC, "medicare", abn=Abn(True, DAY + timedelta(1))),
        ask(KETOROLAC, "medicare", abn=Abn(True, DAY)),
    ),
    "notices.signed_long_before": (
        *(ask(KETOROLAC, "medicare", abn=Abn(True, DAY - timedelta(days))) for days in (367, 365)),
    ),
    "notices.not_offered": (
        ask(dose("cyanocobalamin", "1 mg", diagnoses=("J02.9",)), "medicare"),
        ask(dose("cyanocobalamin", "1 mg", diagnoses=("D51.0",)), "medicare"),
    ),
    "notices.at_another_payer": (
        ask(KETOROLAC, "medicare-advantage", abn=Abn(True, DAY)),
        ask(KETOROLAC, "medicare", abn=Abn(True, DAY)),
    ),
    "coverage.patient_forbade_claim": (ask(KETOROLAC, restricted_disclosure=True), ask(KETOROLAC)),
    "coverage.none_on_file": (ask(KETOROLAC, replace(payer(), key="")), ask(KETOROLAC)),
    "notices.excluded_by_law": (
        ask(INSULIN, "medicare", abn=Abn(False, kind="excluded")),
        ask(INSULIN, "medicare", abn=Abn(True, DAY)),
    ),
    "notices.not_signed": (
        ask(TIRED, "medicare", abn=Abn(False)),
        ask(dose("cyanocobalamin", "1 mg", diagnoses=("D51.0",)), "medicare", abn=Abn(False)),
    ),
    "coverage.estimate_for_patient": (ask(KETOROLAC, "self-pay"), ask(KETOROLAC)),
    "coverage.contraceptive_without_reason": (
        ask(dose("medroxyprogesterone", "150 mg", diagnoses=("N80.9", "Z30.42")), "medicare"),
        ask(dose("medroxyprogesterone", "150 mg", diagnoses=("N80.9",)), "medicare"),
    ),
    # --- authorisation
    "authorization.approval_missing": (
        ask(PROLIA, **REQUIRED),
        ask(PROLIA, authorizations=(APPROVAL,), **REQUIRED),
    ),
    "authorization.approval_ends_before_it_begins": (
        ask(PROLIA, authorizations=(Authorization("J0897", since=date(2026, 12, 31), until=date(2026, 1, 1)),)),
        ask(PROLIA, authorizations=(APPROVAL,)),
    ),
    "authorization.approval_for_no_code": (
        *(ask(PROLIA, authorizations=(replace(APPROVAL, hcpcs=code),)) for code in ("J08-97x", "J0897")),
    ),
    "authorization.approval_used_up": (
        ask(PROLIA, authorizations=(Authorization("J0897", units_left=30),), **REQUIRED),
        ask(PROLIA, authorizations=(APPROVAL,), **REQUIRED),
    ),
    "authorization.approval_for_something_else": (
        ask(PROLIA, authorizations=(replace(APPROVAL, place="22"),), **REQUIRED),
        ask(PROLIA, authorizations=(replace(APPROVAL, place="11"),), **REQUIRED),
    ),
    "authorization.approval_not_asked_for": (ask(PROLIA, "medicare", **REQUIRED), ask(PROLIA, **REQUIRED)),
    "authorization.approval_number": (ask(PROLIA, authorizations=(APPROVAL,)), ask(PROLIA)),
    "authorization.pharmacy_benefit": (
        ask(PROLIA, pharmacy_benefit=frozenset({"J0897"})),
        ask(PROLIA, pharmacy_benefit=frozenset({"Q5136"})),
    ),
    "authorization.coverage_not_active": (
        ask(KETOROLAC, eligibility=Eligibility(False, DAY)),
        ask(KETOROLAC, eligibility=Eligibility(True, DAY)),
    ),
    "authorization.coverage_asked_another_day": (
        ask(KETOROLAC, eligibility=Eligibility(True, DAY - timedelta(7))),
        ask(KETOROLAC, eligibility=Eligibility(True, DAY)),
    ),
    # --- claim
    "claim.rendering_practitioner": (ask(KETOROLAC), ask(visit(dose(order=None), supervision=NOBODY))),
    "claim.supervising_practitioner": (ask(KETOROLAC), ask(visit(KETOROLAC, supervision=NOBODY))),
    "claim.ordering_practitioner": (ask(KETOROLAC), ask(dose(order=None))),
    "claim.description_of_unclassified": (ask(dose(None, "5 mg", drug="new", claimed_hcpcs="J3490")), ask(KETOROLAC)),
    "claim.description_incomplete": (
        ask(dose(None, "5 mg", drug="new", claimed_hcpcs="J3490", ndc=None)),
        ask(dose(None, "5 mg", drug="new", claimed_hcpcs="J3490")),
    ),
    "claim.rendering_not_known": (
        ask(visit(KETOROLAC, supervision=supervised(clinician=Clinician("Adams", "MD")))),
        ask(KETOROLAC),
    ),
    "claim.under_different_practitioners": (
        ask(visit(KETOROLAC, dose(id="2", given_by=Clinician("Novak", "NP", "1245319599")))),
        ask(visit(KETOROLAC, dose(id="2"))),
    ),
    "claim.service_under_staff": (
        ask(visit(KETOROLAC, services=(Service("99213", clinician=NURSE),))),
        ask(visit(services=(Service("99211", clinician=NURSE),))),
    ),
    "claim.more_diagnoses_than_pointers": (ask(dose(diagnoses=FIVE)), ask(dose(diagnoses=FIVE[:4]))),
    "claim.npi_not_valid": (ask(visit(KETOROLAC, supervision=supervised(clinician=BAD_NPI))), ask(KETOROLAC)),
    # --- time
    "timeliness.filed_too_late": (
        ask(KETOROLAC, filing=Filing(DAY + timedelta(91), 90)),
        ask(KETOROLAC, filing=Filing(DAY + timedelta(90), 90)),
    ),
    "timeliness.time_to_file_not_known": (
        ask(KETOROLAC, filing=Filing(DAY + timedelta(60))),
        ask(KETOROLAC, "medicare", filing=Filing(DAY + timedelta(60))),
    ),
    "timeliness.filed_before_the_dose": (
        ask(KETOROLAC, filing=Filing(DAY - timedelta(1))),
        ask(KETOROLAC, filing=Filing(DAY)),
    ),
    "timeliness.filing_time_running_out": (
        ask(KETOROLAC, filing=Filing(DAY + timedelta(45), 90)),
        ask(KETOROLAC, filing=Filing(DAY + timedelta(44), 90)),
    ),
    "timeliness.after_the_first_claim": (
        ask(KETOROLAC, filing=Filing(DAY, previous="denied")),
        ask(KETOROLAC, filing=Filing(DAY)),
    ),
    "timeliness.number_of_first_claim_missing": (
        ask(KETOROLAC, filing=Filing(DAY, previous="paid-wrong")),
        ask(KETOROLAC, filing=Filing(DAY, previous="paid-wrong", previous_number="C1")),
    ),
    # --- supervision and coverage, continued
    "supervision.plan_has_grown_old": (
        ask(dose(order=Order(signed=True, date=DAY - timedelta(400), clinician=ADAMS)), "medicare"),
        ask(KETOROLAC, "medicare"),
    ),
    "coverage.self_given_without_code": (
        ask(dose(None, "0.5 mg", drug="Ozempic", route="SC", diagnoses=("E11.65",)), "medicare"),
        ask(dose(None, "0.5 mg", drug="Ozempic", route="SC", diagnoses=("E11.65",))),
    ),
    "coverage.self_given_device": (ask(dose("tezepelumab", "210 mg", route="SC"), "medicare"), ask(PROLIA, "medicare")),
}
