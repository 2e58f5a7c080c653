"""What the demo practice's patients are ordered: series that have been running, and what is due today."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ordered:
    """One order: who, which product, dose, route, diagnosis and reason; ``every`` days for a series, else once.

    ``at`` is today's appointment as "location hh:mm room", empty when the next dose is due another day. ``site`` is the
    place it is usually given, ``visit`` the code of an office visit of the same day. ``begun`` is how many days ago a
    series began that loads as its label says.
    """

    patient: str
    product: str
    dose: str
    route: str
    site: str
    diagnosis: str
    reason: str
    by: str
    every: int | None = None
    planned: int | None = None
    at: str = ""
    signed: bool = True
    labs: str = ""
    visit: str = ""
    begun: int | None = None


# A table reads best as a table.
# fmt: off
ORDERS = (
    Ordered("Rivera", "cyanocobalamin", "1000 mcg", "IM", "deltoid",
            "E53.8", "vitamin B12 deficiency", "adams", every=28, planned=6, at="0 09:20 2"),
    Ordered("Lopez", "medroxyprogesterone", "150 mg", "IM", "deltoid",
            "Z30.42", "contraception, continued", "adams", every=91, at="0 09:30 4"),
    Ordered("Lopes", "ketorolac", "30 mg", "IM", "ventrogluteal",
            "G43.909", "acute migraine", "adams", at="0 09:40 1", signed=False),
    Ordered("Doe", "denosumab", "60 mg", "SC", "upper-arm",
            "M81.0", "age-related osteoporosis, high fracture risk", "adams", every=182, at="0 09:40 3"),
    Ordered("Mendez", "darbepoetin-alfa", "60 mcg", "SC", "abdomen",
            "D63.1", "anemia of chronic kidney disease", "okafor", every=14, at="0 09:50 1",
            labs="hemoglobin 9.4 g/dL"),
    Ordered("Park", "triamcinolone", "40 mg", "IM", "ventrogluteal",
            "L30.9", "widespread dermatitis", "adams", at="0 10:10 2"),
    Ordered("Walsh", "omalizumab", "300 mg", "SC", "upper-arm",
            "L50.1", "chronic urticaria", "okafor", every=28, at="0 10:20 5"),
    Ordered("Haddad", "ketorolac", "60 mg", "IM", "ventrogluteal",
            "M54.50", "acute low back pain", "adams", at="0 10:40 1", visit="99213"),
    Ordered("Kowalski", "ceftriaxone", "1 g", "IM", "ventrogluteal",
            "J02.9", "severe sore throat", "adams", at="0 11:00 3", visit="99213"),
    Ordered("Tran", "methylprednisolone-acetate", "80 mg", "IM", "ventrogluteal",
            "M54.31", "sciatica, right side", "okafor", at="0 11:20 2"),
    Ordered("Baker", "cyanocobalamin", "1000 mcg", "IM", "deltoid",
            "D51.0", "pernicious anemia", "adams", every=28, at="0 13:10 2"),
    Ordered("O'Brien", "denosumab", "60 mg", "SC", "upper-arm",
            "M81.0", "osteoporosis", "nand", every=182, at="0 13:30 3"),
    Ordered("Nguyễn", "penicillin-g-benzathine", "2400000 units", "IM", "ventrogluteal",
            "A53.9", "syphilis", "okafor", every=7, planned=3, at="1 09:00 A"),
    Ordered("Osman", "medroxyprogesterone", "150 mg", "IM", "deltoid",
            "Z30.42", "contraception, continued", "nand", every=91, at="1 09:30 A"),
    Ordered("Fischer", "enoxaparin", "40 mg", "SC", "abdomen",
            "Z86.718", "history of deep vein thrombosis", "okafor", at="1 10:00 B"),
    Ordered("Greene", "testosterone-cypionate", "200 mg", "IM", "ventrogluteal",
            "E29.1", "testicular hypofunction", "nand", every=14, at="1 10:20 A"),
    Ordered("Patel", "cyanocobalamin", "1000 mcg", "IM", "deltoid",
            "K90.9", "malabsorption", "adams", every=28, planned=12),
    Ordered("Silva", "promethazine", "25 mg", "IM", "ventrogluteal",
            "R11.2", "nausea with vomiting", "nand", at="1 11:00 B"),
    Ordered("Young", "epoetin-alfa", "10000 units", "SC", "abdomen",
            "D63.1", "anemia of chronic kidney disease", "okafor", every=7, labs="hemoglobin 9.8 g/dL"),
    Ordered("Adler", "cyanocobalamin", "1000 mcg", "IM", "deltoid",
            "E53.8", "vitamin B12 deficiency", "adams", every=28),
    Ordered("Adler", "tildrakizumab", "100 mg", "SC", "abdomen",
            "L40.0", "plaque psoriasis", "adams", every=84, at="0 14:40 4", begun=28),
    Ordered("Castillo", "naltrexone-er", "380 mg", "IM", "ventrogluteal",
            "F10.20", "alcohol dependence", "okafor", every=28),
    Ordered("Dubois", "sumatriptan", "6 mg", "SC", "upper-arm", "G43.909", "acute migraine", "adams", at="0 14:00 1",
            signed=False),
    Ordered("Eze", "haloperidol-decanoate", "100 mg", "IM", "ventrogluteal",
            "F20.9", "schizophrenia", "okafor", every=28),
    Ordered("Flores", "ondansetron", "4 mg", "IM", "ventrogluteal",
            "R11.2", "nausea with vomiting", "nand", at="1 13:20 A"),
    Ordered("Hughes", "testosterone-cypionate", "100 mg", "IM", "ventrogluteal",
            "E29.1", "testicular hypofunction", "okafor", every=14),
    Ordered("Ivanova", "cyanocobalamin", "1000 mcg", "IM", "deltoid",
            "E53.8", "vitamin B12 deficiency", "nand", every=28, at="0 14:20 2"),
    Ordered("Jensen", "methylprednisolone-acetate", "40 mg", "IM", "ventrogluteal",
            "M54.16", "lumbar radiculopathy", "adams"),
    Ordered("Kim", "dexamethasone", "10 mg", "IM", "ventrogluteal", "J05.0", "croup-like cough", "nand"),
    Ordered("Li", "diphenhydramine", "50 mg", "IM", "ventrogluteal", "L50.0", "allergic urticaria", "adams"),
    Ordered("Moore", "denosumab", "60 mg", "SC", "upper-arm", "M81.0", "osteoporosis", "adams", every=182),
    # Once, on some day of the last weeks.
    Ordered("Castillo", "ketorolac", "60 mg", "IM", "ventrogluteal", "M54.50", "acute low back pain", "adams",
            visit="99213"),
    Ordered("Greene", "ketorolac", "30 mg", "IM", "deltoid", "M25.561", "acute knee pain", "nand", visit="99213"),
    Ordered("Patel", "ceftriaxone", "1 g", "IM", "ventrogluteal", "J18.9", "pneumonia", "okafor", visit="99214"),
    Ordered("Jensen", "ketorolac", "30 mg", "IM", "ventrogluteal",
            "N20.0", "kidney stone, acute pain", "adams", visit="99213"),
    Ordered("Li", "dexamethasone", "8 mg", "IM", "ventrogluteal", "L23.9", "contact dermatitis", "nand", visit="99213"),
    Ordered("Dubois", "promethazine", "25 mg", "IM", "ventrogluteal", "R11.2", "nausea with vomiting", "nand"),
    Ordered("Eze", "ceftriaxone", "500 mg", "IM", "ventrogluteal", "A54.00", "gonorrhea", "okafor", visit="99213"),
    Ordered("Kowalski", "methylprednisolone-acetate", "80 mg", "IM", "ventrogluteal",
            "M54.32", "sciatica, left side", "adams", visit="99213"),
    Ordered("Walsh", "ondansetron", "4 mg", "IM", "deltoid", "R11.0", "nausea", "nand"),
    Ordered("Hughes", "triamcinolone", "40 mg", "IM", "ventrogluteal", "L20.9", "atopic dermatitis", "okafor",
            visit="99213"),
    Ordered("Silva", "ceftriaxone", "250 mg", "IM", "ventrogluteal", "N39.0", "urinary infection", "nand",
            visit="99213"),
    Ordered("Moore", "cyanocobalamin", "1000 mcg", "IM", "deltoid", "R53.83", "tiredness", "adams"),
)
# fmt: on
