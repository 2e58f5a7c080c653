"""Twins for the chapters on acts: administration, immunisation, intravenous, evaluation, modifiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from billing.context import BilledLine
from injections.facts import Patient, Service, Source, Status
from tests.builders import AT, ask, dose, payer, supervised, visit

B12 = dose("cyanocobalamin", "1000 mcg", diagnoses=("E53.8",))
KETOROLAC = dose()
PUSH = dose(route="IV-push", site=None)
FLU = dose("influenza-vaccine", "0.5 mL", diagnoses=("Z23",))
MTX = dose("methotrexate", "25 mg", route="SC", diagnoses=("M06.9",))
DEPO = dose("medroxyprogesterone", "150 mg", diagnoses=("Z30.42",))
RHOGAM = dose("rho-d-immune-globulin", "300 mcg", diagnoses=("Z29.13",))
FASLODEX = dose("fulvestrant", "500 mg", diagnoses=("C50.911",))
APRETUDE = dose("cabotegravir-prep", "600 mg", diagnoses=("Z29.81",))
KNEE = dose("triamcinolone", "40 mg", route="intra-articular", site="knee", side="right", diagnoses=("M17.11",))
LEFT_KNEE = dose(
    "triamcinolone", "40 mg", id="2", route="intra-articular", site="knee", side="left", diagnoses=("M17.12",)
)
NEW_VACCINE = dose(None, "1 dose", drug="a new vaccine", drug_class="vaccine", diagnoses=("Z23",))
REFUSED = dose("influenza-vaccine", "0.5 mL", status=Status.REFUSED, diagnoses=("Z23",))
COVID = dose("covid-19-vaccine", "0.3 mL", diagnoses=("Z23",))
RSV = dose("nirsevimab", "50 mg", diagnoses=("Z29.11",))
ALLERGEN = dose("allergen-extract", "0.5 mL", route="SC", site="upper-arm", diagnoses=("J30.1",))
PPD = dose("tuberculin-ppd", "0.1 mL", route="ID", site="forearm", diagnoses=("Z11.1",))
ONPRO = dose("pegfilgrastim", "6 mg", route="on-body", site="abdomen", diagnoses=("D70.1",))
BOTOX = dose("onabotulinumtoxina", "155 units", indication="chronic migraine", diagnoses=("G43.709",))
SECOND = dose("promethazine", "25 mg", id="2", side="right", diagnoses=("R11.2",))
CHILD = Patient(birth_date=date(2020, 5, 1), sex="F", established=True, allergies=())


HOUR = {"given_at": AT, "stopped_at": AT + timedelta(minutes=65)}


TWELVE = {"given_at": AT, "stopped_at": AT + timedelta(minutes=12)}
PUMP = dose("immune-globulin-hizentra", "10 g", route="SC-infusion", site="abdomen", diagnoses=("D80.1",), **HOUR)


def lasting(minutes: int, **changes: object):
    return dose(route="IV-push", site=None, given_at=AT, stopped_at=AT + timedelta(minutes=minutes), **changes)


def seen(code: str = "99213", *, separate: bool | None = True, **changes: object) -> Service:
    return Service(code, separately_identifiable=separate, **changes)


def beside(*services: Service, dose_=KETOROLAC, **changes: object):
    return visit(dose_, services=services, **changes)


SAME_DAY = (BilledLine("20610"),)
NOBODY = supervised("none", clinician=None)

TWINS = {
    # --- administration
    "administration.therapeutic_injection": (ask(KETOROLAC), ask(PUSH)),
    "administration.anticancer_injection": (ask(MTX), ask(KETOROLAC)),
    "administration.hormonal_injection": (ask(FASLODEX), ask(dose("fulvestrant", "500 mg", diagnoses=("N80.9",)))),
    "administration.prep_injection": (ask(APRETUDE, "medicare"), ask(KETOROLAC, "medicare")),
    "administration.on_body_injector": (ask(ONPRO), ask(dose("pegfilgrastim", "6 mg", route="SC"))),
    "administration.arterial_injection": (ask(dose(route="IA")), ask(KETOROLAC)),
    "administration.why_not_96372": (ask(PUSH), ask(KETOROLAC)),
    "administration.not_given_by_staff": (ask(dose(self_given=True)), ask(KETOROLAC)),
    "administration.dose_not_given": (ask(dose(status=Status.REFUSED, diagnoses=("Z23",))), ask(KETOROLAC)),
    "administration.part_of_another_service": (
        ask(dose("lidocaine", "20 mg", purpose="diluent")),
        ask(KETOROLAC),
    ),
    "administration.divided_dose_is_contested": (ask(dose(needle_sticks=2)), ask(KETOROLAC)),
    "administration.route_not_understood": (ask(dose(route="sideways")), ask(KETOROLAC)),
    "administration.anticancer_code_for_other_disease": (
        ask(MTX),
        ask(MTX, payer(anticancer_drug_for_other_disease="96372")),
    ),
    "administration.code_differs_between_payers": (
        ask(dose("certolizumab-pegol", "400 mg", route="SC")),
        ask(dose("certolizumab-pegol", "400 mg", route="SC"), payer(administration_codes={"J0717": "96401"})),
    ),
    "administration.several_drugs_one_stick": (
        ask(visit(dose(syringe="a"), dose("promethazine", "25 mg", id="2", syringe="a"))),
        ask(visit(dose(syringe="a"), dose("promethazine", "25 mg", id="2", syringe="b"))),
    ),
    # --- immunisation
    "immunisation.vaccine_administration": (ask(FLU), ask(KETOROLAC)),
    "covid.covid_vaccine": (ask(COVID), ask(visit(COVID, date=date(2023, 9, 10)))),
    "covid.covid_vaccine_until_2023": (ask(visit(COVID, date=date(2023, 9, 10))), ask(COVID)),
    "covid.act_by_dose": (ask(visit(COVID, date=date(2023, 9, 10))), ask(visit(FLU, date=date(2023, 9, 10)))),
    "immunisation.rsv_antibody": (ask(RSV), ask(visit(RSV, date=date(2023, 9, 1)))),
    "immunisation.rsv_antibody_until_2023": (ask(visit(RSV, date=date(2023, 9, 1))), ask(RSV)),
    "immunisation.allergy_shots": (
        ask(ALLERGEN),
        ask(dose("epinephrine", "0.3 mg", site="anterolateral-thigh", diagnoses=("T78.40XA",))),
    ),
    "immunisation.tuberculin_test": (ask(PPD), ask(KETOROLAC)),
    "immunisation.components_to_be_confirmed": (
        ask(visit(NEW_VACCINE, patient=CHILD, counselled_by_physician=True)),
        ask(visit(FLU, patient=CHILD, counselled_by_physician=True)),
    ),
    "immunisation.counselling_not_charted": (
        ask(visit(FLU, patient=CHILD)),
        ask(visit(FLU, patient=CHILD, counselled_by_physician=False)),
    ),
    "immunisation.extract_with_shot": (
        ask(beside(Service("95120"), dose_=ALLERGEN)),
        ask(beside(Service("95165"), dose_=ALLERGEN)),
    ),
    "immunisation.extract_code_to_choose": (
        ask(beside(Service("95120"), dose_=ALLERGEN)),
        ask(beside(Service("95165"), dose_=ALLERGEN)),
    ),
    "immunisation.vaccine_for_another_age": (
        ask(visit(dose("hepatitis-b-vaccine", "1 mL", diagnoses=("Z23",)), patient=CHILD)),
        ask(visit(dose("hepatitis-b-vaccine-child", "0.5 mL", diagnoses=("Z23",)), patient=CHILD)),
    ),
    "immunisation.vaccine_of_the_state": (
        ask(dose("influenza-vaccine", "0.5 mL", source=Source.STATE), "medicaid"),
        ask(dose("influenza-vaccine", "0.5 mL", source=Source.STATE), payer("medicaid", supplied_drug_line="SL")),
    ),
    "immunisation.counselling_without_vaccine": (
        ask(visit(REFUSED, patient=CHILD, counselled_by_physician=True)),
        ask(visit(REFUSED, patient=CHILD, counselled_by_physician=True, date=date(2025, 10, 6))),
    ),
    # --- intravenous
    "intravenous.intravenous_push": (ask(PUSH), ask(dose(route="IV-infusion", site=None))),
    "intravenous.intravenous_infusion": (ask(dose(route="IV-infusion", site=None)), ask(PUSH)),
    "subcutaneous.pump_infusion": (ask(PUMP), ask(replace(PUMP, route="SC"))),
    "subcutaneous.pump_set_up_again": (
        ask(PUMP),
        ask(dose("immune-globulin-hizentra", "2 g", route="SC-infusion", site="abdomen", **TWELVE)),
    ),
    "intravenous.hydration": (
        ask(dose(None, "1000 mL", drug="normal saline", route="IV-infusion", site=None, diagnoses=("E86.0",), **HOUR)),
        ask(dose(route="IV-infusion", site=None, **HOUR)),
    ),
    "intravenous.minutes_contradict_route": (ask(lasting(30)), ask(lasting(5))),
    "intravenous.which_service_is_first": (
        ask(visit(PUSH, dose("ceftriaxone", "1 g", id="2", route="IV-infusion", site=None, diagnoses=("N10",)))),
        ask(visit(PUSH, dose("ondansetron", "4 mg", id="2", route="IV-push", site=None))),
    ),
    # --- evaluation
    "evaluation.reported_services": (ask(beside(seen())), ask(beside(seen("96372")))),
    "evaluation.claimed_act_differs": (ask(beside(seen("96374"))), ask(beside(seen("96372")))),
    "evaluation.visit_beside_injection": (ask(beside(seen())), ask(beside(seen(separate=False)))),
    "evaluation.visit_is_part_of_injection": (ask(beside(seen(separate=False))), ask(beside(seen()))),
    "evaluation.separate_visit_not_charted": (ask(beside(seen(separate=None))), ask(beside(seen()))),
    "evaluation.modifier_25_missing": (
        ask(beside(seen(modifiers=("57",)))),
        ask(beside(seen(modifiers=("25",)))),
    ),
    "evaluation.nurse_visit_beside_injection": (ask(beside(seen("99211"))), ask(beside(seen("99212")))),
    "nurse_visit.instead_of_injection": (
        ask(visit(KETOROLAC, supervision=NOBODY), payer(unsupervised_99211=True)),
        ask(visit(KETOROLAC), payer(unsupervised_99211=True)),
    ),
    "evaluation.new_patient_seen_by_nurse_only": (
        ask(visit(KETOROLAC, patient=Patient(established=False)), "medicare"),
        ask(visit(KETOROLAC, patient=Patient(established=True)), "medicare"),
    ),
    "evaluation.new_visit_for_known_patient": (ask(beside(seen("99203"))), ask(beside(seen("99213")))),
    "evaluation.complexity_beside_25": (
        ask(beside(seen(), seen("G2211")), "medicare"),
        ask(beside(seen(), seen("G2211"), dose_=FLU), "medicare"),
    ),
    "evaluation.complexity_beside_25_until_2024": (
        ask(beside(seen(), seen("G2211"), dose_=COVID, date=date(2024, 12, 31)), "medicare"),
        ask(beside(seen(), seen("G2211"), dose_=COVID, date=date(2025, 1, 1)), "medicare"),
    ),
    "evaluation.complexity_not_yet_paid": (
        ask(beside(seen(), seen("G2211"), date=date(2023, 12, 31)), "medicare"),
        ask(beside(seen(), seen("G2211"), date=date(2024, 1, 1)), "medicare"),
    ),
    "evaluation.injection_paid_in_visit": (
        ask(beside(seen()), "commercial-bundling"),
        ask(visit(KETOROLAC), "commercial-bundling"),
    ),
    "evaluation.vitamin_beside_visit": (
        ask(beside(seen(), dose_=B12), "medicare"),
        ask(visit(B12), "medicare"),
    ),
    # --- modifiers
    "modifiers.distinct_injections": (ask(visit(KETOROLAC, SECOND)), ask(KETOROLAC)),
    "modifiers.beside_injection_billed_today": (
        ask(KETOROLAC, same_day=(BilledLine("96372"),)),
        ask(KETOROLAC, same_day=SAME_DAY),
    ),
    "modifiers.injection_beside_allergy_shot": (
        ask(visit(KETOROLAC, dose("allergen-extract", "0.5 mL", id="2", route="SC"))),
        ask(ALLERGEN),
    ),
    "modifiers.route_of_drug": (
        ask(dose("tocilizumab", "162 mg", route="SC"), payer("commercial", route_modifiers=("J3262",))),
        ask(KETOROLAC, payer("commercial", route_modifiers=("J3262",))),
    ),
    "modifiers.claimed_modifier_differs": (
        ask(dose(claimed_modifiers=("76",))),
        ask(dose(claimed_modifiers=()), "medicare"),
    ),
    "modifiers.claimed_modifier_missing": (
        ask(dose(acquired_340b=True, claimed_modifiers=("JZ",)), "medicare"),
        ask(dose(acquired_340b=True, claimed_modifiers=("TB",)), "medicare"),
    ),
    "modifiers.distinctness_not_charted": (
        ask(visit(KETOROLAC, dose(id="2"))),
        ask(visit(KETOROLAC, dose(id="2", side="right"))),
    ),
    "modifiers.modifier_of_the_payer": (
        ask(KETOROLAC, payer(line_modifiers={"J1885": "KX"})),
        ask(B12, payer(line_modifiers={"J1885": "KX"})),
    ),
    # --- nurse_visit
    "nurse_visit.skin_test_reading": (ask(visit(reason="TB skin test reading")), ask(visit(PPD, reason="TB reading"))),
    "nurse_visit.reading_needs_assessment": (
        ask(visit(reason="PPD read")),
        ask(visit(reason="PPD read", supervision=NOBODY)),
    ),
    "nurse_visit.plan_may_take_it": (
        ask(visit(KETOROLAC, supervision=NOBODY)),
        ask(visit(KETOROLAC, supervision=NOBODY), "medicare"),
    ),
    # --- contested
    "contested.sign_of_a_repeat": (ask(visit(KETOROLAC, SECOND)), ask(KETOROLAC)),
    "contested.preventive_visit_without_25": (
        ask(beside(seen("99396"))),
        ask(beside(seen("99396")), payer(preventive_25=True)),
    ),
    "contested.code_of_rho_d": (ask(RHOGAM), ask(RHOGAM, "medicare")),
    "contested.two_syringes_of_rsv_antibody": (
        ask(dose("nirsevimab", "200 mg", diagnoses=("Z29.11",))),
        ask(dose("nirsevimab", "100 mg", diagnoses=("Z29.11",))),
    ),
    # --- bundling, over the claims of the day
    "bundling.earlier_claim_to_correct": (
        ask(KETOROLAC, same_day=(BilledLine("99211"),)),
        ask(KETOROLAC, same_day=(BilledLine("99213", modifiers=("25",)),)),
    ),
    # --- reported
    "reported.act_stands_already": (
        ask(beside(Service("20610", modifiers=("RT",)), dose_=KNEE)),
        ask(beside(Service("20610", modifiers=("LT",)), dose_=KNEE)),
    ),
    "reported.procedure_differs": (
        ask(beside(Service("20611"), dose_=KNEE)),
        ask(beside(Service("20610"), dose_=KNEE)),
    ),
    "reported.guidance_of_a_joint": (
        *(ask(beside(Service("76942", modifiers=said), dose_=KNEE)) for said in ((), ("XS",))),
    ),
    "reported.not_a_code": (ask(beside(seen("9921"))), ask(beside(seen("G0439")))),
    "reported.units_differ": (ask(beside(seen("96372", units=2))), ask(beside(seen("96372")))),
    "reported.distinct_on_visit": (ask(beside(seen(modifiers=("59",)))), ask(beside(seen(modifiers=("57",))))),
}
