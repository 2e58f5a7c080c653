"""The words that a product file may use. Rules go by them, so a misspelt one is an error and never a new class.

What each word means stands in README.md beside this file.
"""

from __future__ import annotations

ROUTES = frozenset(
    """
    IM SC SC-infusion ID IV-push IV-infusion IA intra-articular bursal tendon trigger-point perineural
    intralesional intradermal subdermal-implant intravitreal intrathecal on-body oral nasal topical sacroiliac
    wound-infiltration intradetrusor intracavernosal intratympanic flush
    """.split()
)

SITES = frozenset(
    """
    deltoid ventrogluteal dorsogluteal vastus-lateralis upper-arm inner-upper-arm abdomen anterior-thigh
    upper-buttock upper-back forearm knee shoulder hip elbow wrist finger hand ankle foot toe temporomandibular eye
    named-muscles bladder axilla wound vein nostril lesion
    """.split()
)

CLASSES = frozenset(
    """
    antibiotic steroid vitamin analgesic nsaid opioid antiemetic hormone contraceptive anticoagulant esa iron
    biologic antipsychotic opioid-antagonist opioid-use-disorder vaccine influenza pneumococcal hepatitis-b covid-19
    tetanus rabies rsv-antibody immune-globulin allergen skin-test antineoplastic hormonal-antineoplastic complex
    not-complex-list chemodenervation implant local-anaesthetic diluent insulin controlled antihistamine emergency
    joint-only on-body monoclonal bone migraine colony-stimulating-factor antiviral hiv-prep sedative
    muscle-relaxant diuretic electrolyte bronchodilator uterotonic diagnostic antidote lipid-lowering
    dialysis-facility unclassified rescue contested-administration two-injections
    """.split()
)

ALLERGY_GROUPS = frozenset(
    """
    penicillin cephalosporin carbapenem beta-lactam aminoglycoside lincosamide sulfa nsaid aspirin corticosteroid
    heparin pork latex egg local-anaesthetic ester-anaesthetic iron cobalamin benzyl-alcohol polysorbate
    peg castor-oil sesame-oil cottonseed-oil peanut soy opioid phenothiazine antihistamine benzodiazepine
    estrogen insulin albumin immune-globulin iga hamster-protein e-coli-protein hyaluronidase hyaluronate avian
    botulinum-toxin cows-milk gelatin yeast neomycin thimerosal bisphosphonate ergot triptan sulfite
    """.split()
)

SCHEDULES = frozenset({"", "CII", "CIII", "CIV", "CV"})

CONTAINERS = frozenset(
    {"vial", "syringe", "autoinjector", "pen", "cartridge", "ampule", "kit", "on-body injector", "implant", "bag",
     "pellet", "sprayer"}
)  # fmt: skip

FORMS = frozenset({"solution", "suspension", "emulsion", "powder", "gel", "implant", "kit"})

PAYER_KINDS = frozenset(
    "medicare medicare-advantage medicaid commercial commercial-bundling workers-compensation self-pay".split()
)

#: the facts that `unconfirmed` may name: shown as such, and never a reason to stop anybody
UNCONFIRMED = frozenset(
    """
    coding.since coding.until coding.amount package.ndc package.holds package.single_dose package.container limit
    supports routes sites allergy_groups minimum_interval_days observation_minutes screening
    loading
    """.split()
)
