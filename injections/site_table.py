"""The places on the body where a dose can go: names, routes, usual volumes, codes, and where the body map shows them.

Usual volumes are what nursing texts give for adults; they warn and never stop. SNOMED CT codes stand only where they
were found in a published value set; an empty code is one that nobody has confirmed.
"""

from __future__ import annotations

from decimal import Decimal

from injections.places import Anchor, Site
from injections.quantity import Quantity

VOLUME_SOURCE = "usual adult volume in nursing texts; a hint, not a label limit"
SNOMED_SOURCE = "HL7 Belgium be-vs-vaccination-bodysite 1.1.2; New Zealand AIR body sites; DICOM body parts (joints)"


def _ml(amount: str) -> Quantity:
    return Quantity(Decimal(amount), "mL")


SITES: tuple[Site, ...] = (
    Site(
        "deltoid",
        "deltoid",
        True,
        ("IM",),
        Anchor("front", 74, 25),
        _ml("1"),
        snomed="35259002",
        snomed_sides=("16217701000119102", "16217661000119109"),
        tolerated=("SC",),
        part_of="arm",
        synonyms=("deltoid muscle", "delt"),
    ),
    Site(
        "ventrogluteal",
        "ventrogluteal",
        True,
        ("IM",),
        Anchor("back", 37, 49),
        _ml("3"),
        snomed="102291007",
        snomed_sides=("723979003", "723980000"),
        part_of="gluteus",
        synonyms=("vg", "ventral gluteal", "ventro gluteal", "gluteus medius"),
    ),
    Site(
        "dorsogluteal",
        "dorsogluteal",
        True,
        ("IM",),
        Anchor("back", 42, 52),
        _ml("4"),
        snomed="102291007",
        snomed_sides=("723979003", "723980000"),
        tolerated=("SC",),
        part_of="gluteus",
        synonyms=(
            *("dg", "dorso gluteal", "upper outer quadrant", "upper outer buttock", "gluteus maximus"),
            *("upper outer quadrant gluteal", "upper outer quadrant gluteus", "upper outer quadrant buttock"),
        ),
    ),
    Site(
        "vastus-lateralis",
        "vastus lateralis (outer thigh)",
        True,
        ("IM",),
        Anchor("front", 62, 62),
        _ml("3"),
        snomed="50092008",
        snomed_sides=("1217007000", "1217006009"),
        part_of="thigh",
        tolerated=("SC",),
        synonyms=("vastus lateralis", "vastus", "vl", "outer thigh", "anterolateral thigh", "lateral thigh"),
    ),
    Site(
        "rectus-femoris",
        "rectus femoris (front of thigh)",
        True,
        ("IM",),
        Anchor("front", 57, 60),
        _ml("2"),
        snomed="50092008",
        part_of="thigh",
        synonyms=("rectus femoris",),
    ),
    Site(
        "upper-arm",
        "back of the upper arm",
        True,
        ("SC", "on-body", "subdermal-implant"),
        Anchor("back", 25, 29),
        _ml("1.5"),
        snomed="371309009",
        snomed_sides=("368208006", "368209003"),
        tolerated=("IM", "ID"),
        part_of="arm",
        synonyms=("upper arm", "back of arm", "posterior arm", "posterior upper arm", "outer upper arm", "triceps"),
    ),
    Site(
        "abdomen",
        "abdomen",
        False,
        ("SC", "on-body", "subdermal-implant"),
        Anchor("front", 50, 43),
        _ml("2"),
        snomed="75093004",
        synonyms=(
            *("lower abdomen", "upper abdomen", "periumbilical", "around the navel"),
            "abdominal",
            "belly",
            "stomach",
            "abdominal wall",
            "upper quadrant",
            "lower quadrant",
            "upper quadrant abdomen",
            "lower quadrant abdomen",
            "abdomen upper quadrant",
            "abdomen lower quadrant",
        ),
    ),
    Site(
        "anterior-thigh",
        "front of the thigh",
        True,
        ("SC", "on-body"),
        Anchor("front", 58, 57),
        _ml("2"),
        snomed="371305003",
        snomed_sides=("61396006", "11207009"),
        tolerated=("IM",),
        part_of="thigh",
        synonyms=("anterior thigh", "front thigh", "upper thigh"),
    ),
    Site(
        "upper-buttock",
        "upper buttock",
        True,
        ("SC", "subdermal-implant"),
        Anchor("back", 41, 46),
        _ml("2"),
        snomed_sides=("723979003", "723980000"),
        tolerated=("IM",),
        part_of="gluteus",
        synonyms=("upper buttock", "hip buttock"),
    ),
    Site(
        "upper-back",
        "upper back",
        True,
        ("SC", "ID"),
        Anchor("back", 42, 25),
        _ml("1"),
        synonyms=("upper back", "scapula", "below the shoulder blade", "subscapular"),
    ),
    Site(
        "forearm",
        "inner forearm",
        True,
        ("ID", "IV"),
        Anchor("front", 79, 42),
        _ml("0.1"),
        snomed="5742000",
        snomed_sides=("66480008", "64262003"),
        synonyms=("forearm", "volar forearm", "inner forearm", "lower arm"),
    ),
    Site(
        "antecubital", "bend of the elbow", True, ("IV",), Anchor("front", 77, 36), synonyms=("ac", "antecubital fossa")
    ),
    Site("hand", "back of the hand", True, ("IV",), Anchor("back", 17, 52), synonyms=("dorsal hand", "hand vein")),
    Site(
        "central-line",
        "central line or port",
        False,
        ("IV",),
        Anchor("front", 58, 22),
        synonyms=("port", "picc", "central line", "chest port", "mediport"),
    ),
    Site(
        "vein", "vein", False, ("IV",), Anchor("front", 77, 36), general=True, synonyms=("peripheral vein", "iv line")
    ),
    Site(
        "gluteus",
        "buttock",
        True,
        ("IM", "SC", "subdermal-implant"),
        Anchor("back", 42, 51),
        _ml("5"),
        snomed="102291007",
        snomed_sides=("723979003", "723980000"),
        general=True,
        synonyms=("gluteal", "glute", "glut", "buttock", "buttocks", "gluteal muscle", "both buttocks"),
    ),
    Site(
        "thigh",
        "thigh",
        True,
        ("IM", "SC"),
        Anchor("front", 59, 60),
        _ml("3"),
        snomed_sides=("61396006", "11207009"),
        general=True,
        synonyms=("leg", "upper leg", "quadriceps"),
    ),
    Site(
        "inner-upper-arm",
        "inner side of the upper arm",
        True,
        ("subdermal-implant",),
        Anchor("front", 70, 30),
        snomed_sides=("368208006", "368209003"),
        part_of="arm",
        synonyms=("inner upper arm", "inside of upper arm"),
    ),
    Site("axilla", "armpit", True, ("ID",), Anchor("front", 67, 26), synonyms=("underarm",)),
    Site("foot", "foot", True, ("intra-articular",), Anchor("front", 57, 96)),
    Site("nostril", "nostril", True, ("nasal",), Anchor("front", 51, 8), general=True, synonyms=("nose", "naris")),
    Site("arm", "arm", True, ("IM", "SC", "ID", "IV"), Anchor("front", 75, 28), _ml("1.5"), general=True),
    Site("eye", "eye", True, ("intravitreal",), Anchor("front", 53, 6), _ml("0.1")),
    Site(
        "spine",
        "lower spine",
        False,
        ("intrathecal", "epidural"),
        Anchor("back", 50, 42),
        synonyms=("lumbar spine", "lumbar", "l3 l4", "l4 l5"),
    ),
    Site(
        "bladder",
        "bladder",
        False,
        ("intradetrusor",),
        Anchor("front", 50, 50),
        tolerated=("IM",),
        synonyms=("detrusor",),
    ),
    Site(
        "shoulder",
        "shoulder joint",
        True,
        ("intra-articular",),
        Anchor("front", 71, 20),
        snomed="85537004",
        tolerated=("IM",),
        synonyms=("glenohumeral", "subacromial"),
    ),
    Site("elbow", "elbow joint", True, ("intra-articular",), Anchor("back", 22, 37), snomed="16953009"),
    Site("wrist", "wrist joint", True, ("intra-articular",), Anchor("back", 18, 48), snomed="74670003"),
    Site(
        "finger",
        "finger joint",
        True,
        ("intra-articular",),
        Anchor("back", 16, 56),
        synonyms=("thumb", "mcp", "pip", "cmc", "interphalangeal"),
    ),
    Site(
        "hip",
        "hip joint",
        True,
        ("intra-articular",),
        Anchor("front", 60, 50),
        snomed="24136001",
        tolerated=("IM", "subdermal-implant"),
        synonyms=("trochanter", "greater trochanter"),
    ),
    Site("knee", "knee joint", True, ("intra-articular",), Anchor("front", 57, 74), snomed="49076000"),
    Site("ankle", "ankle joint", True, ("intra-articular",), Anchor("front", 56, 92), snomed="70258002"),
    Site("toe", "toe joint", True, ("intra-articular",), Anchor("front", 57, 98), synonyms=("mtp", "great toe")),
    Site(
        "sacroiliac",
        "sacroiliac joint",
        True,
        ("sacroiliac", "intra-articular"),
        Anchor("back", 46, 46),
        synonyms=("si joint", "si"),
    ),
    Site("temporomandibular", "jaw joint", True, ("intra-articular",), Anchor("front", 54, 8), synonyms=("tmj", "jaw")),
)

#: the limb that a needle in this place would burden: what somebody asks to spare after a mastectomy or for a fistula
LIMBS: dict[str, frozenset[str]] = {
    "arm": frozenset(
        {
            *("deltoid", "upper-arm", "inner-upper-arm", "arm", "forearm", "antecubital", "hand", "axilla"),
            *("shoulder", "elbow", "wrist", "finger"),
        }
    ),
    "leg": frozenset(
        {
            *("ventrogluteal", "dorsogluteal", "gluteus", "upper-buttock", "hip"),
            *("vastus-lateralis", "rectus-femoris", "anterior-thigh", "thigh", "knee", "ankle", "foot", "toe"),
        }
    ),
}
