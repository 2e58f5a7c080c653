"""Dose, order, vial and waste: visits about which a check speaks, and their silent twins."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from injections.facts import Clinician, Container, PastDose, Status, Unobtainable
from tests.injections.checks.visits import (
    B12,
    DoseLimit,
    case,
    dose,
    order,
    patient,
    product,
    q,
    vial,
    visit,
)

KETOROLAC = product(
    key="ketorolac",
    name="ketorolac",
    display="ketorolac",
    brands=("Toradol",),
    limits=(
        DoseLimit(q("60 mg"), routes=frozenset({"IM"}), below_age=65),
        DoseLimit(q("30 mg"), routes=frozenset({"IM"}), from_age=65),
        DoseLimit(q("30 mg"), routes=frozenset({"IM"}), below_weight_kg=Decimal(50)),
        DoseLimit(q("30 mg"), routes=frozenset({"IV"})),
        DoseLimit(q("60 mg"), max_daily=q("120 mg")),
    ),
)
LABEL = vial(ndc="00409-3796-01", holds=q("60 mg"), volume=q("2 mL"))
ADULT = patient(birth_date=date(1980, 1, 1))


def ketorolac(amount, who=ADULT, *more, **changes):
    told = {
        "product": KETOROLAC,
        "drug": "ketorolac",
        "package": LABEL,
        "ndc": LABEL.ndc,
        "volume": None,
        "discarded": q("0 mg"),
        "order": order(drug="ketorolac", dose=None, route=None),
        "opened": 4,
    }
    return visit(dose(dose=q(amount), **(told | changes)), *more, patient=who)


def two_vials(charted="1000 mcg", **changes):
    first = Container(ndc="00517-0031-25", lot="A", expires=date(2027, 1, 1), used=q("500 mcg"), discarded=q("0 mcg"))
    second = Container(
        ndc="00517-0031-25",
        lot="B",
        expires=date(2027, 1, 1),
        holds=q("1000 mcg"),
        single_dose=True,
        used=q("500 mcg"),
        discarded=q("500 mcg"),
    )
    second = replace(second, **changes)
    return visit(
        dose(dose=q(charted), containers=(first, second), lot=None, expires=None, discarded=None, vial_shared=True)
    )


def by_surface(largest):
    """1000 mcg for a body surface of exactly two square meters."""
    drug_file = product(limits=(DoseLimit(q(largest), per_m2=True),))
    return visit(dose(product=drug_file), patient=patient(height_cm=Decimal(180), weight_kg=Decimal(80)))


CONTROLLED = product(classes=frozenset({"controlled"}))

SPEAKS = [
    case("dose.dose_over_label_maximum", "60 mg at 70 years", ketorolac("60 mg", patient())),
    case("dose.dose_over_label_maximum", "60 mg at 49 kg", ketorolac("60 mg", patient(weight_kg=Decimal(49)))),
    case("dose.dose_over_label_maximum", "61 mg in an adult", ketorolac("61 mg")),
    case("dose.dose_over_label_maximum", "3 mL hold 90 mg", ketorolac("3 mL")),
    case("dose.dose_over_label_maximum", "IV push is IV", ketorolac("31 mg", route="IV-push")),
    case(
        "dose.dose_over_label_maximum",
        "per kilogram",
        visit(dose(product=product(limits=(DoseLimit(q("10 mcg"), per_kg=True),)))),
    ),
    case("dose.dose_over_label_maximum", "per square meter, of which there are two", by_surface("499 mcg")),
    case(
        "dose.daily_maximum_exceeded",
        "with the dose of this morning",
        visit(
            dose(product=KETOROLAC, drug="ketorolac", dose=q("60 mg")),
            patient=ADULT,
            history=(PastDose("Toradol", date(2026, 10, 6), q("61 mg")),),
        ),
    ),
    case(
        "dose.limit_depends_on_unknown_patient_facts",
        "over the maximum of light patients, weight unknown",
        ketorolac("60 mg", patient(birth_date=date(1980, 1, 1), weight_kg=None)),
    ),
    case(
        "dose.limit_depends_on_unknown_patient_facts",
        "over the maximum of the old, age unknown",
        ketorolac("60 mg", patient(birth_date=None)),
    ),
    case("dose.dose_is_zero", "0 mcg given", dose=q("0 mcg")),
    case("dose.dose_in_another_measure", "units against milligrams", dose=q("1000 units")),
    case("dose.dose_in_another_measure", "mL against a powder", dose=q("1 mL"), package=vial(volume=None)),
    case(
        "dose.dose_in_another_measure",
        "one dose against mcg, from a vial of unknown strength",
        dose=q("1 dose"),
        ordered_dose=q("1000 mcg"),
        package=vial(holds=q("1 mL"), volume=None),
    ),
    case("dose.volume_contradicts_dose", "2 mL hold 2000 mcg", volume=q("2 mL")),
    case("order.order_not_charted", "not charted", order=None),
    case("order.order_not_charted", "charted as missing", order=order(present=False)),
    case("order.order_signature_not_charted", "nobody looked", order=order(signed=None)),
    case("order.order_unsigned", "a written order without signature", order=order(signed=False)),
    case("order.spoken_order_unsigned", "told by phone", order=order(kind="spoken", signed=None)),
    case("order.order_incomplete", "no route in the order", order=order(route=None)),
    case("order.order_incomplete", "no practitioner in the order", order=order(clinician=None)),
    case("order.orderer_without_authority", "a nurse's own order", order=order(clinician=Clinician("Reed", "RN"))),
    case("order.order_expired", "ended yesterday", order=order(expires=date(2026, 10, 5))),
    case("order.order_stopped", "stopped this morning", order=order(stopped=date(2026, 10, 6))),
    case("order.order_paused", "until tomorrow", order=order(paused_until=date(2026, 10, 7))),
    case("order.order_used_up", "a fourth of three", order=order(kind="series", doses_planned=3, doses_given=3)),
    case("order.order_used_up", "once, and given", order=order(doses_planned=1, doses_given=1)),
    case("order.order_used_up", "an order of no dose", order=order(doses_planned=0, doses_given=0)),
    case("order.order_ends_before_it_begins", "ends first", order=order(expires=date(2026, 9, 30))),
    case("order.order_later_than_dose", "of tomorrow", order=order(date=date(2026, 10, 7))),
    case("order.drug_not_as_ordered", "another drug", order=order(drug="hydroxocobalamin")),
    case(
        "order.drug_not_as_ordered",
        "another salt",
        visit(
            dose(
                drug="methylprednisolone acetate",
                product=product(key="m", name="methylprednisolone acetate", display="", synonyms=()),
                order=order(drug="methylprednisolone sodium succinate"),
            )
        ),
    ),
    case("order.route_not_as_ordered", "SC instead of IM", route="SC", site="abdomen"),
    case("order.dose_change_without_reason", "half of it", dose=q("500 mcg")),
    case("order.dose_change_without_reason", "1.2 mL for 1000 mcg", dose=q("1.2 mL"), opened=2),
    case("vial.lot_expired", "yesterday", expires=date(2026, 10, 5)),
    case("vial.lot_expired", "the second vial", two_vials(expires=date(2026, 10, 5))),
    case("vial.lot_recalled", "on the recall list", recalled=True),
    case("vial.past_beyond_use", "to be used by yesterday", beyond_use=date(2026, 10, 5)),
    case("vial.lot_held", "left out of the fridge", held="fridge at 14 °C"),
    case("vial.vial_of_another_drug", "picked B12, scanned ketorolac", product=KETOROLAC),
    case("vial.ndc_of_another_package", "another label", ndc="00517-0032-25"),
    case("vial.containers_give_another_dose", "two vials give 1000 mcg", two_vials("1500 mcg")),
    case("vial.more_used_than_opened", "1.5 vials out of one", dose=q("1500 mcg")),
    case("vial.more_used_than_opened", "given and thrown away", discarded=q("1 mcg")),
    case("vial.volume_over_content", "2 mL out of 1 mL", volume=q("2 mL")),
    case("vial.no_vial_opened", "a single-dose vial", opened=0),
    case("waste.discarded_in_another_measure", "units of a drug in mcg", discarded=q("5 units")),
    case("waste.discarded_amount_not_charted", "single-dose", discarded=None),
    case("waste.discarded_amount_not_charted", "the second vial", two_vials(discarded=None)),
    case("waste.package_kind_unknown", "label not seen", package=vial(single_dose=None)),
    case("waste.remainder_unaccounted", "half of it is nowhere", dose=q("500 mcg")),
    case(
        "waste.discard_witness_missing",
        "a controlled drug",
        product=CONTROLLED,
        dose=q("500 mcg"),
        discarded=q("500 mcg"),
    ),
    case(
        "waste.discard_witness_missing",
        "a scheduled drug",
        product=product(schedule="CIII"),
        dose=q("500 mcg"),
        discarded=q("500 mcg"),
    ),
    case(
        "waste.discard_witness_missing",
        "whoever gave it saw it alone",
        product=CONTROLLED,
        dose=q("500 mcg"),
        discarded=q("500 mcg"),
        discard_witness=dose().given_by,
    ),
    case(
        "waste.discard_witness_missing",
        "drawn up and declined",
        product=CONTROLLED,
        status=Status.REFUSED,
        not_given_reason="The patient declined",
        discarded=q("1000 mcg"),
    ),
]

SILENT = [
    case("dose.dose_over_label_maximum", "just what two square meters take", by_surface("500 mcg")),
    case("dose.dose_over_label_maximum", "60 mg in an adult", ketorolac("60 mg")),
    case("dose.dose_over_label_maximum", "30 mg at 70 years", ketorolac("30 mg", patient())),
    case("dose.dose_over_label_maximum", "60 mg at 50 kg", ketorolac("60 mg", patient(birth_date=date(1980, 1, 1),
         weight_kg=Decimal(50)))),
    case("dose.dose_over_label_maximum", "2 mL hold 60 mg", ketorolac("2 mL")),
    case("dose.dose_over_label_maximum", "no limit is known"),
    case("dose.daily_maximum_exceeded", "one dose", ketorolac("60 mg")),
    case("dose.limit_depends_on_unknown_patient_facts", "30 mg suit everybody", ketorolac("30 mg", patient(
        birth_date=None, weight_kg=None))),
    case("dose.limit_depends_on_unknown_patient_facts", "both known", ketorolac("60 mg")),
    case("dose.dose_is_zero", "1000 mcg"),
    case("dose.dose_in_another_measure", "mL through the label's strength", dose=q("1 mL")),
    case("dose.dose_in_another_measure", "mg and mcg", dose=q("1 mg")),
    case("dose.volume_contradicts_dose", "1 mL"),
    case("dose.volume_contradicts_dose", "within a syringe's reading", volume=q("1.05 mL")),
    case("dose.volume_contradicts_dose", "diluted in a bag", volume=q("100 mL"), route="IV-infusion"),
    case("order.order_not_charted", "an order"),
    case("order.order_not_charted", "not to be had", order=Unobtainable("the practice was closed")),
    case("order.order_signature_not_charted", "signed"),
    case("order.order_signature_not_charted", "spoken", order=order(kind="spoken", signed=None)),
    case("order.order_unsigned", "signed"),
    case("order.order_unsigned", "spoken", order=order(kind="spoken", signed=False)),
    case("order.spoken_order_unsigned", "signed since", order=order(kind="spoken", signed=True)),
    case("order.spoken_order_unsigned", "not spoken", order=order(signed=False)),
    case("order.order_incomplete", "complete"),
    case("order.orderer_without_authority", "a nurse practitioner", order=order(clinician=Clinician("Novak", "FNP-C"))),
    case("order.orderer_without_authority", "no credential", order=order(clinician=Clinician("Novak"))),
    case("order.order_expired", "ends today", order=order(expires=date(2026, 10, 6))),
    case("order.order_stopped", "stopped the day after", order=order(stopped=date(2026, 10, 7))),
    case("order.order_paused", "the wait ends today", order=order(paused_until=date(2026, 10, 6))),
    case("order.order_used_up", "the last of three", order=order(kind="series", doses_planned=3, doses_given=2)),
    case("order.order_used_up", "nobody counts", order=order(kind="series", doses_planned=3)),
    case("order.order_ends_before_it_begins", "begins and ends on one day", order=order(expires=date(2026, 10, 1))),
    case("order.order_later_than_dose", "of today", order=order(date=date(2026, 10, 6))),
    case("order.order_later_than_dose", "spoken, written down later", order=order(kind="spoken",
         date=date(2026, 10, 7))),
    case("order.drug_not_as_ordered", "by synonym and strength", order=order(drug="Vitamin B-12 1000 mcg/mL")),
    case("order.drug_not_as_ordered", "generic and brand", ketorolac("30 mg", order=order(drug="ketorolac (Toradol)"))),
    case("order.drug_not_as_ordered", "the order names no drug", order=order(drug=None)),
    case("order.route_not_as_ordered", "in other words", order=order(route="intramuscular")),
    case("order.dose_change_without_reason", "the same in mg", dose=q("1 mg")),
    case("order.dose_change_without_reason", "a reason", dose=q("500 mcg"), dose_change_reason="small patient"),
    case("order.dose_change_without_reason", "partly given", dose=q("500 mcg"), status=Status.PARTLY),
    case("order.dose_change_without_reason", "1 mL holds it", dose=q("1 mL")),
    case("vial.lot_expired", "good through today", expires=date(2026, 10, 6)),
    case("vial.lot_expired", "not to be had", expires=Unobtainable("vial already binned")),
    case("vial.lot_recalled", "not recalled"),
    case("vial.past_beyond_use", "to be used by today", beyond_use=date(2026, 10, 6)),
    case("vial.lot_held", "not held"),
    case("vial.vial_of_another_drug", "the same drug", drug="Vitamin B12"),
    case(
        "vial.vial_of_another_drug",
        "the substance, of a maker with a code of its own",
        visit(dose(drug="fulvestrant", product=product(key="f", name="fulvestrant (Fresenius Kabi)", display="f"))),
    ),
    case("vial.ndc_of_another_package", "written without hyphens", ndc="00517003125"),
    case("vial.containers_give_another_dose", "two vials give the dose", two_vials()),
    case("vial.containers_give_another_dose", "what one vial gave is not said", two_vials("1500 mcg", used=None)),
    case("vial.more_used_than_opened", "two vials", dose=q("1500 mcg"), opened=2),
    case("vial.more_used_than_opened", "two listed vials", two_vials()),
    case("vial.volume_over_content", "two vials", volume=q("2 mL"), opened=2),
    case("vial.no_vial_opened", "open since last week", opened=0, package=vial(single_dose=False)),
    case("vial.no_vial_opened", "the rest of another patient's", opened=0, vial_shared=True),
    case("waste.discarded_in_another_measure", "mL through the strength", discarded=q("0.5 mL")),
    case("waste.discarded_in_another_measure", "none, in any measure", discarded=q("0 units")),
    case("waste.discarded_amount_not_charted", "zero is an answer"),
    case("waste.discarded_amount_not_charted", "multi-dose", discarded=None, package=vial(single_dose=False)),
    case("waste.discarded_amount_not_charted", "not to be had", discarded=Unobtainable("binned")),
    case("waste.package_kind_unknown", "single-dose"),
    case("waste.remainder_unaccounted", "thrown away", dose=q("500 mcg"), discarded=q("500 mcg")),
    case("waste.remainder_unaccounted", "another patient had the rest", dose=q("500 mcg"), vial_shared=True),
    case(
        "waste.discard_witness_missing",
        "witnessed",
        product=CONTROLLED,
        dose=q("500 mcg"),
        discarded=q("500 mcg"),
        discard_witness=Clinician("Kim", "RN"),
    ),
    case("waste.discard_witness_missing", "nothing was thrown away", product=CONTROLLED),
    case("waste.discard_witness_missing", "not controlled", product=B12, dose=q("1 mcg"), discarded=q("999 mcg")),
]  # fmt: skip
