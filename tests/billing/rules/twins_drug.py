"""Twins for the chapters on the drug: drug, source, wastage, ndc, esa, necessity."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import date
from decimal import Decimal

from billing.loading import shipped_reference
from billing.reference import Reference
from billing.reference.imported import Imported
from billing.reference.packed import Packed, code_number, package_number
from billing.reference.published import PublishedFile, Span
from injections.facts import ASSUMED, Administration, Container, Lab, PastDose, Patient, Source, Status, Unobtainable
from injections.quantity import Concentration
from tests.builders import amount, ask, dose, payer, product, vial, visit

KETOROLAC = dose()
B12 = dose("cyanocobalamin", "1000 mcg", diagnoses=("E53.8",))
DEPO_MEDROL = dose("methylprednisolone-acetate", "80 mg", diagnoses=("M54.31",))


def cypionate(given: str = "80 mg", discarded: object = "20 mg", **changes: object) -> Administration:
    lost = amount(discarded) if isinstance(discarded, str) else discarded
    usual = {"package": vial("100 mg", volume="1 mL"), "discarded": lost, "diagnoses": ("E29.1",)}
    return dose("testosterone-cypionate", given, **{**usual, **changes})


def depo(diagnosis: str) -> Administration:
    return dose("medroxyprogesterone", "150 mg", diagnoses=(diagnosis,))


def aranesp(**changes: object):
    labs = (Lab("hemoglobin", Decimal("9.4"), "g/dL", date(2026, 10, 1)),)
    usual = {"route": "SC", "labs": labs, "diagnoses": ("D63.1", "N18.4"), "package": vial("60 mcg", volume="0.3 mL")}
    return dose("darbepoetin-alfa", "60 mcg", **{**usual, **changes})


LEVEL = Lab("testosterone, total", Decimal(180), "ng/dL", date(2026, 9, 1))
CHEMO = {"diagnoses": ("D64.81",)}
HIGH = {"labs": (Lab("hemoglobin", Decimal("10.8"), "g/dL"),), **CHEMO}
NOTE = "Low back pain since lifting. No numbness, walks well. Ketorolac as before, feels better after ten minutes."
VENOFER = dose("iron-sucrose", "100 mg", route="IV-push", site="vein", side=None, diagnoses=("D63.1", "N18.6"))
UNKNOWN = dose(None, "5 mg", drug="unheard-of", diagnoses=("R52",))
LISTLESS = ("tetanus-immune-globulin-cpt", "1 dose")
KNOWN_NDC = product("ketorolac").packages[0].ndc
OTHER_NDC = product("cyanocobalamin").packages[0].ndc
FROM_ITS_PACKAGE = dose(ndc=KNOWN_NDC, package=product("ketorolac").packages[0])


def pairing(ndc: str, code: str) -> Reference:
    """The shipped reference with a crosswalk of one row: that package is billed with that code."""
    file = PublishedFile("asp-crosswalk", "crosswalk of the quarter", "e1", date(2026, 10, 1), date(2026, 12, 31), True)
    keys, codes = array("Q", [package_number(ndc) or 0]), array("Q", [code_number(code) or 0])
    crosswalk = Packed(keys, array("I", [0]), (codes,), (Span(date(2026, 10, 1), None, file),))
    return replace(shipped_reference(), imported=Imported(files=(file,), crosswalk=crosswalk))


def from_two_packages():
    first, second, *_ = product("ketorolac").packages
    used = amount("30 mg")
    containers = (Container(first.ndc, first, used=used), Container(second.ndc, second, used=used))
    return dose("ketorolac", "60 mg", containers=containers, package=None, discarded=None)


TWINS = {
    # --- drug
    "drug.billing_units": (ask(KETOROLAC), ask(dose(source=Source.SAMPLE))),
    "drug.never_separate": (ask(dose("tuberculin-ppd", "0.1 mL", route="IM", self_given=True)), ask(KETOROLAC)),
    "drug.units_unclear": (ask(dose("ketorolac", "30 units")), ask(KETOROLAC)),
    "drug.product_not_known": (ask(UNKNOWN), ask(KETOROLAC)),
    "drug.no_code_on_date": (
        ask(visit(dose("romosozumab", "210 mg", route="SC"), date=date(2015, 1, 5))),
        ask(KETOROLAC),
    ),
    "drug.expired_or_recalled": (ask(dose(expires=date(2026, 9, 30))), ask(dose(expires=date(2026, 10, 6)))),
    "claimed.code_retired": (
        ask(dose("methylprednisolone-acetate", "80 mg", claimed_hcpcs="J1040")),
        ask(visit(dose("methylprednisolone-acetate", "80 mg", claimed_hcpcs="J1040"), date=date(2023, 10, 6))),
    ),
    "claimed.code_differs": (ask(dose(claimed_hcpcs="J0696")), ask(dose(claimed_hcpcs="J1885"))),
    "drug.unclassified_drug": (ask(dose(None, "5 mg", drug="new", claimed_hcpcs="J3490")), ask(UNKNOWN)),
    "claimed.specific_code_exists": (ask(dose(claimed_hcpcs="J3490")), ask(dose(claimed_hcpcs="J1885"))),
    "claimed.code_of_a_hospital": (
        ask(dose(None, "5 mg", drug="new", claimed_hcpcs="C9399")),
        ask(dose(None, "5 mg", drug="new", claimed_hcpcs="J3590")),
    ),
    "drug.choice_between_codes": (
        ask(visit(dose("methylprednisolone-acetate", "80 mg"), date=date(2023, 10, 6))),
        ask(DEPO_MEDROL),
    ),
    "drug.strengths_contradict": (
        ask(dose(package=vial("30 mg", volume="1 mL", strength=Concentration(amount("15 mg"), amount("1 mL"))))),
        ask(dose(package=vial("30 mg", volume="2 mL", strength=Concentration(amount("15 mg"), amount("1 mL"))))),
    ),
    "drug.compounded_by_invoice": (
        ask(dose("compounded-drug", "1 mL", drug="lipotropic mixture, compounded")),
        ask(dose("unclassified-drug", "1 mL", drug="new")),
    ),
    # --- product
    "product.quarter_of_flu_vaccine": (
        ask(dose("influenza-vaccine", "0.25 mL", diagnoses=("Z23",))),
        ask(dose("influenza-vaccine", "0.5 mL", diagnoses=("Z23",))),
    ),
    "product.chosen_among_several": (
        ask(dose("leuprolide-depot-gynecologic", "11.25 mg", drug="Lupron Depot", ndc=None, diagnoses=("N80.9",))),
        ask(dose("leuprolide-depot-gynecologic", "11.25 mg", drug="Lupron Depot", diagnoses=("N80.9",))),
    ),
    "product.name_of_several_drugs": (ask(dose("cortisone", "40 mg")), ask(dose("triamcinolone", "40 mg"))),
    "product.several_drugs_in_one_dose": (
        ask(dose(None, "60 mg", drug="Toradol/Decadron")),
        ask(dose("triamcinolone", "40 mg", drug="lidocaine/Kenalog")),
    ),
    "product.code_to_be_confirmed": (
        ask(dose("clesrovimab", "105 mg", diagnoses=("Z29.11",))),
        ask(dose("palivizumab", "100 mg", diagnoses=("Z29.11",))),
    ),
    # --- source
    "source.not_our_drug": (ask(dose(source=Source.PATIENT)), ask(KETOROLAC)),
    "source.supplied_drug_amount": (
        ask(dose(source=Source.PATIENT), payer(supplied_drug_line="zero")),
        ask(dose(), payer(supplied_drug_line="zero")),
    ),
    "source.discount_not_told": (ask(dose(acquired_340b=True), "medicaid"), ask(KETOROLAC, "medicaid")),
    "source.discount_drug": (ask(dose(acquired_340b=True), "medicare"), ask(KETOROLAC, "medicare")),
    # --- wastage
    "wastage.discarded_drug": (ask(cypionate(), "medicare"), ask(cypionate(), "commercial")),
    "wastage.nothing_discarded": (ask(cypionate("100 mg", "0 mg"), "medicare"), ask(cypionate(), "medicare")),
    "wastage.container_not_charted": (ask(KETOROLAC, "medicare"), ask(cypionate(), "medicare")),
    "wastage.discard_not_charted": (
        ask(cypionate(discarded=Unobtainable("vial already binned")), "medicare"),
        ask(cypionate(), "medicare"),
    ),
    "wastage.remainder_unexplained": (
        ask(cypionate(discarded="10 mg"), "medicare"),
        ask(cypionate(), "medicare"),
    ),
    "wastage.single_dose_vial_shared": (ask(cypionate(vial_shared=True)), ask(cypionate())),
    "wastage.larger_vial_than_needed": (
        ask(dose(package=vial("60 mg"), discarded=amount("30 mg")), "medicare"),
        ask(dose(package=vial("30 mg")), "medicare"),
    ),
    "wastage.assumed_vial": (ask(dose(discarded=ASSUMED, package=None), "medicare"), ask(KETOROLAC, "medicare")),
    "wastage.drawn_up_in_vain": (
        ask(dose(status=Status.REFUSED, discarded=amount("30 mg"))),
        ask(dose(status=Status.REFUSED, discarded=None)),
    ),
    # --- ndc
    "ndc.ndc_missing": (
        ask(dose(ndc=None), "medicaid"),
        ask(dose(ndc=KNOWN_NDC, package=product("ketorolac").packages[0]), "medicaid"),
    ),
    "ndc.ndc_ambiguous": (ask(dose(ndc="0409379301")), ask(dose(ndc=KNOWN_NDC))),
    "ndc.ndc_of_another_product": (ask(dose(ndc=OTHER_NDC)), ask(dose(ndc=KNOWN_NDC))),
    "ndc.crosswalk_has_another_code": (
        ask(FROM_ITS_PACKAGE, "medicaid", reference=pairing(KNOWN_NDC, "J9999")),
        ask(FROM_ITS_PACKAGE, "medicaid", reference=pairing(KNOWN_NDC, "J1885")),
    ),
    "ndc.ndc_not_in_crosswalk": (ask(dose(ndc="99999-9999-99"), "medicaid"), ask(dose(ndc=KNOWN_NDC), "medicaid")),
    "ndc.several_packages_one_code": (ask(from_two_packages(), "medicaid"), ask(KETOROLAC, "medicaid")),
    # --- esa
    "esa.reason_for_esa": (ask(aranesp(), "medicare"), ask(aranesp(diagnoses=()), "medicare")),
    "esa.route_of_esa": (ask(aranesp(), "medicare", contractor="CGS"), ask(aranesp(), "medicare", contractor="NGS")),
    "esa.reason_for_esa_unclear": (ask(aranesp(diagnoses=()), "medicare"), ask(aranesp(), "medicare")),
    "esa.blood_count_on_claim": (ask(aranesp(), "medicare"), ask(aranesp(labs=()), "medicare")),
    "esa.blood_count_missing": (ask(aranesp(labs=()), "medicare"), ask(aranesp(), "medicare")),
    "esa.blood_count_too_high": (ask(aranesp(**HIGH), "medicare"), ask(aranesp(**CHEMO), "medicare")),
    "esa.patient_on_dialysis": (
        ask(visit(aranesp(), patient=visit().patient.__class__(on_dialysis=True)), "medicare"),
        ask(aranesp(), "medicare"),
    ),
    "esa.iron_on_dialysis": (
        *(ask(visit(VENOFER, patient=Patient(on_dialysis=on)), "medicare") for on in (True, False)),
    ),
    "esa.iron_beside_dialysis": (
        *(
            ask(visit(replace(VENOFER, diagnoses=(why,)), patient=Patient(on_dialysis=True)), "medicare")
            for why in ("D50.0", "D63.1")
        ),
    ),
    "esa.dialysis_not_stated": (ask(aranesp(diagnoses=("D63.1", "N18.6")), "medicare"), ask(aranesp(), "medicare")),
    # --- necessity
    "necessity.diagnosis_not_linked": (ask(dose(diagnoses=())), ask(KETOROLAC)),
    "necessity.diagnosis_incomplete": (ask(dose(diagnoses=("M54.5",))), ask(KETOROLAC)),
    "necessity.diagnosis_not_published": (ask(dose(diagnoses=("M99.ZZ",))), ask(KETOROLAC)),
    "necessity.diagnosis_does_not_support_drug": (ask(dose("cyanocobalamin", "1 mg", diagnoses=("J02.9",))), ask(B12)),
    "necessity.symptom_is_no_reason": (ask(dose("cyanocobalamin", "1 mg", diagnoses=("R53.83",))), ask(B12)),
    "necessity.vitamin_for_feet": (
        ask(dose("cyanocobalamin", "1 mg", diagnoses=("M72.2",)), "medicare"),
        ask(B12, "medicare"),
    ),
    "necessity.vaccine_diagnosis_on_drug": (ask(dose(diagnoses=("Z23",))), ask(KETOROLAC)),
    "necessity.rsv_diagnosis_missing": (
        ask(dose("nirsevimab", "50 mg", diagnoses=("Z23",))),
        ask(dose("nirsevimab", "50 mg", diagnoses=("Z29.11",))),
    ),
    "necessity.side_contradicts_diagnosis": (
        ask(dose("triamcinolone", "40 mg", route="intra-articular", site="knee", side="left", diagnoses=("M17.11",))),
        ask(dose("triamcinolone", "40 mg", route="intra-articular", site="knee", side="right", diagnoses=("M17.11",))),
    ),
    "necessity.supporting_result_missing": (
        ask(B12, "medicare"),
        ask(dose("cyanocobalamin", "1 mg", labs=(Lab("Vitamin B12", Decimal(140), "pg/mL"),)), "medicare"),
    ),
    "necessity.reason_in_words_missing": (
        ask(dose(*LISTLESS, indication=None, order=None), payer(medical_necessity=True)),
        ask(dose(*LISTLESS), payer(medical_necessity=True)),
    ),
    # --- reasons
    "reasons.two_low_levels": (
        ask(cypionate(), "medicare"),
        ask(cypionate(labs=(LEVEL, LEVEL)), "medicare"),
    ),
    "reasons.first_or_later_contraceptive": (
        ask(visit(depo("Z30.013"), history=(PastDose("medroxyprogesterone acetate", date(2026, 7, 10)),))),
        ask(visit(depo("Z30.42"), history=(PastDose("medroxyprogesterone acetate", date(2026, 7, 10)),))),
    ),
    "reasons.reason_for_rho_d": (
        ask(dose("rho-d-immune-globulin", "300 mcg", diagnoses=("Z34.03",))),
        ask(dose("rho-d-immune-globulin", "300 mcg", diagnoses=("Z29.13",))),
    ),
    "reasons.note_is_copied": (
        ask(visit(dose(note=NOTE), history=(PastDose("ketorolac", date(2026, 9, 1), note=NOTE.upper()),))),
        ask(visit(dose(note=NOTE + " Today worse."), history=(PastDose("ketorolac", date(2026, 9, 1), note=NOTE),))),
    ),
    "reasons.chronic_pain_only": (ask(dose(diagnoses=("G89.29",))), ask(dose(diagnoses=("G89.29", "G89.11")))),
    "ndc.several_packages_told_apart": (
        ask(from_two_packages(), payer(several_packages="KP-KQ")),
        ask(KETOROLAC, payer(several_packages="KP-KQ")),
    ),
}
