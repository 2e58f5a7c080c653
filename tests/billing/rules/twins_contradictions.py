"""Twins for contradictions: facts of one act that cannot be true together."""

from __future__ import annotations

from datetime import date

from injections.facts import Lab, PastDose, Patient, Split, SplitSite
from injections.quantity import Quantity
from tests.billing.rules.twins_acts import DEPO, KETOROLAC
from tests.builders import ask, dose, visit

EXPECTING = dose("rho-d-immune-globulin", "300 mcg", diagnoses=("O36.0120",))

TWINS = {
    "contradictions.number_of_sticks": (
        ask(dose(needle_sticks=3, split=Split(2, "volume"))),
        ask(dose(needle_sticks=2, split=Split(2, "volume"))),
    ),
    "contradictions.one_syringe_at_two_places": (
        ask(visit(dose(syringe="a"), dose("promethazine", "25 mg", id="2", syringe="a", side="right"))),
        ask(visit(dose(syringe="a"), dose("promethazine", "25 mg", id="2", syringe="a"))),
    ),
    "contradictions.nothing_treated": (
        ask(dose("triamcinolone", "20 mg", route="trigger-point", site="trapezius", muscles=0, diagnoses=("M79.18",))),
        ask(dose("triamcinolone", "20 mg", route="trigger-point", site="trapezius", muscles=1, diagnoses=("M79.18",))),
    ),
    "contradictions.name_and_package_differ": (
        ask(dose("triamcinolone", "40 mg", drug="Rocephin", ndc="00003-0293-05", diagnoses=("L23.7",))),
        ask(dose("triamcinolone", "40 mg", drug="Kenalog-40", ndc="00003-0293-05", diagnoses=("L23.7",))),
    ),
    "contradictions.nothing_went_in": (ask(dose("ketorolac", "0 mg")), ask(KETOROLAC)),
    "contradictions.several_doses_of_a_vaccine": (
        *(ask(dose("tdap-vaccine", given, diagnoses=("Z23",))) for given in ("1 mL", "0.5 mL")),
    ),
    "contradictions.pregnancy_not_possible": (
        *(ask(visit(EXPECTING, patient=Patient(sex=sex))) for sex in ("M", "F")),
    ),
    "contradictions.known_too_early": (
        *(ask(dose(labs=(Lab("hemoglobin", date=date(2026, 10, day)),))) for day in (7, 6)),
    ),
    "contradictions.earlier_dose_of_no_drug": (
        *(ask(visit(KETOROLAC, history=(PastDose(drug, date(2026, 8, 11)),))) for drug in ("Depro-Provra", "B12")),
    ),
    "contradictions.parts_give_another_volume": (
        *(
            ask(dose(volume=Quantity.parse("2 mL"), split=Split(2, "volume", sites=(part, part))))
            for part in (SplitSite("deltoid", volume=Quantity.parse(each)) for each in ("2 mL", "1 mL"))
        ),
    ),
    "contradictions.diagnosis_of_other_sex": (
        ask(visit(DEPO, patient=Patient(sex="M"))),
        ask(visit(DEPO, patient=Patient(sex="F"))),
    ),
}
