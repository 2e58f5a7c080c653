"""Twins for the chapters on procedures: joints, tendons, nerves, lesions, implants, the spine, botulinum toxin."""

from __future__ import annotations

from dataclasses import replace

from tests.billing.rules.twins_acts import BOTOX, KETOROLAC, KNEE, LEFT_KNEE
from tests.builders import ask, dose, payer, visit

TENDON = dose("triamcinolone", "10 mg", route="tendon", site="wrist tendon sheath", diagnoses=("M65.4",))
TRIGGER = dose("triamcinolone", "20 mg", route="trigger-point", site="trapezius", diagnoses=("M79.18",))
OCCIPITAL = dose(
    "methylprednisolone-acetate", "40 mg", route="perineural", site="occipital nerve", diagnoses=("M54.81",)
)
LESIONS = dose("triamcinolone", "10 mg", route="intralesional", site="scalp", lesions=8, diagnoses=("L63.9",))
IMPLANT = dose("etonogestrel-implant", "1 dose", route="subdermal-implant", site="upper-arm", diagnoses=("Z30.017",))
DEPO = dose("medroxyprogesterone", "150 mg", diagnoses=("Z30.42",))
EYE = dose("triamcinolone", "4 mg", route="intravitreal", site="eye", diagnoses=("H35.351",))
SKIN = dose("triamcinolone", "10 mg", route="ID", site="scalp", diagnoses=("L63.9",))
PLASMA = dose(None, "5 mL", drug="platelet rich plasma", route="intra-articular", site="knee", diagnoses=("M17.12",))
EPIDURAL = dose("dexamethasone", "10 mg", route="epidural", site="L4-L5", guidance="fluoroscopy", diagnoses=("M54.16",))
FORAMEN = replace(EPIDURAL, technique="transforaminal")
FACET = dose(
    "methylprednisolone-acetate",
    "40 mg",
    route="intra-articular",
    site="lumbar facet L4-L5",
    guidance="fluoroscopy",
    diagnoses=("M47.816",),
)

TWINS = {
    "procedures.joint_injection": (ask(KNEE), ask(replace(KNEE, route="tendon", site="patellar tendon"))),
    "procedures.soft_tissue_injection": (ask(TRIGGER), ask(replace(TRIGGER, route="IM", site="deltoid"))),
    "procedures.nerve_block": (ask(OCCIPITAL), ask(replace(OCCIPITAL, route="trigger-point", site="occipitalis"))),
    "procedures.lesion_injection": (ask(LESIONS), ask(SKIN)),
    "procedures.implant": (ask(IMPLANT), ask(DEPO)),
    "procedures.other_places": (ask(EYE), ask(replace(EYE, route="IM", site="deltoid"))),
    "procedures.platelet_plasma": (ask(PLASMA), ask(LEFT_KNEE)),
    "procedures.no_code_of_its_own": (ask(SKIN), ask(LESIONS)),
    "procedures.unlisted_administration": (ask(SKIN), ask(LESIONS)),
    "procedures.place_not_understood": (ask(replace(KNEE, site="somewhere")), ask(KNEE)),
    "procedures.count_not_charted": (ask(TRIGGER), ask(replace(TRIGGER, muscles=2))),
    "procedures.both_sides_on_one_line": (
        ask(visit(KNEE, LEFT_KNEE), payer(both_sides="50")),
        ask(visit(KNEE, LEFT_KNEE)),
    ),
    "procedures.side_of_joint": (ask(KNEE), ask(replace(KNEE, side=None))),
    # --- spine
    "spine.epidural_injection": (ask(EPIDURAL), ask(FORAMEN)),
    "spine.transforaminal_injection": (ask(FORAMEN), ask(EPIDURAL)),
    "spine.level_or_imaging_not_charted": (ask(replace(FORAMEN, guidance=None)), ask(FORAMEN)),
    "spine.facet_joint": (ask(FACET), ask(KNEE)),
    # --- chemodenervation
    "chemodenervation.treated_region": (ask(BOTOX), ask(KETOROLAC)),
}
