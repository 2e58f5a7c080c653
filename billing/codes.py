"""Families of service codes, by number: what an office visit, a preventive visit or an injection is."""

from __future__ import annotations

import re
from functools import lru_cache

from billing.covid_acts import COVID_ACT_CODES

NURSE_VISIT = "99211"

#: 99201 was one of them until 31 Dec 2020
OFFICE_VISITS = frozenset({f"9920{n}" for n in range(1, 6)} | {f"9921{n}" for n in range(1, 6)})
PREVENTIVE_VISITS = frozenset(
    {f"9938{n}" for n in range(1, 8)}
    | {f"9939{n}" for n in range(1, 8)}
    | {"G0402", "G0438", "G0439", "S0610", "S0612"}
)
OTHER_VISITS = frozenset(
    {
        "92002",
        "92004",
        "92012",
        "92014",
        "99241",
        "99242",
        "99243",
        "99244",
        "99245",
        "99281",
        "99282",
        "99283",
        "99284",
    }
    | {"99285", "99341", "99342", "99344", "99345", "99347", "99348", "99349", "99350", "99483", "99497", "99358"}
    | {"99455", "99456", "G0463"}
)
#: evaluation and management: these may carry 25, and 59 never
VISITS = OFFICE_VISITS | PREVENTIVE_VISITS | OTHER_VISITS

NEW_PATIENT_VISITS = frozenset({f"9920{n}" for n in range(1, 6)} | {f"9938{n}" for n in range(1, 8)})
VISIT_ADD_ON = "G2211"

INJECTIONS = frozenset({"96372", "96373", "96374", "96375", "96377", "96401", "96402", "96379", "G0012"})
RSV_ADMINISTRATION = frozenset({"96380", "96381"})
VACCINE_ADMINISTRATION = COVID_ACT_CODES | {"90460", "90461", "90471", "90472", "90473", "90474", "90480"}
MEDICARE_VACCINE_ADMINISTRATION = frozenset({"G0008", "G0009", "G0010"})
ALLERGY_SHOTS = frozenset({"95115", "95117"})
INFUSIONS = frozenset(
    {"96365", "96366", "96367", "96368", "96360", "96361", "96376", "96409", "96411", "96413", "96415", "96417"}
    | {"96369", "96370", "96371"}
)
#: codes for extract and shot in one, which Medicare does not take
EXTRACT_WITH_SHOT = frozenset({"95120", "95125", "95130", "95131", "95132", "95133", "95134"})
#: procedures that follow from a charted dose, in groups of which one act has one code
PROCEDURE_GROUPS: tuple[frozenset[str], ...] = tuple(
    frozenset(codes.split())
    for codes in (
        "20600 20604 20605 20606 20610 20611",
        "20526 20527 20550 20551",
        "20552 20553 27096",
        "64400 64405 64408 64415 64417 64418 64420 64425 64430 64445 64447 64450 64454 64455",
        "11900 11901 54200 96405 96406",
        "52287 64611 64612 64615 64616 64617 64642 64643 64644 64645 64646 64647 64650 64653",
        "11980 11981 11983",
        "62320 62321 62322 62323 64479 64480 64483 64484 96450",
        "64490 64491 64492 64493 64494 64495 0213T 0214T 0215T 0216T 0217T 0218T",
        "67028",
        "54235",
        "69801",
        "86580",
    )
)

#: injections with 10 or 90 days of after-care in the Physician Fee Schedule (July 2026)
WITH_AFTERCARE = frozenset({"64611", "64612", "64615", "64616", "64617"})

#: an injection into a joint without ultrasound, and the code that holds the ultrasound too
GUIDED_JOINTS = {"20600": "20604", "20605": "20606", "20610": "20611"}
_AT_THE_SPINE = ("64479", "64480", "64483", "64484", "64490", "64491", "64492", "64493", "64494", "64495")
#: imaging that a code holds by its own words, or that its notes forbid beside it (CPT, notes under the codes)
IMAGING_INSIDE: dict[str, frozenset[str]] = {
    **dict.fromkeys((*GUIDED_JOINTS, *GUIDED_JOINTS.values(), "0232T"), frozenset({"76942"})),
    **dict.fromkeys(("64415", "64417", "64445", "64447", "64454"), frozenset({"76942", "77002", "77003"})),
    **dict.fromkeys(
        ("27096", "62321", "62323", "62325", "62327", *_AT_THE_SPINE), frozenset({"77002", "77003", "77012"})
    ),
}
#: acts that hold the nurse's work of the day: 99211 is never paid beside them
HOLDS_NURSE_VISIT = INJECTIONS | RSV_ADMINISTRATION | INFUSIONS | ALLERGY_SHOTS | frozenset({"86580"})
#: every code that stands for giving a drug, wherever it was claimed
ADMINISTRATION = (
    INJECTIONS
    | RSV_ADMINISTRATION
    | VACCINE_ADMINISTRATION
    | MEDICARE_VACCINE_ADMINISTRATION
    | ALLERGY_SHOTS
    | INFUSIONS
)
#: every code of a service that the rules know by its number
NAMED = VISITS.union({VISIT_ADD_ON}, ADMINISTRATION, EXTRACT_WITH_SHOT, *PROCEDURE_GROUPS)

_CODE = re.compile(r"[0-9]{5}|[A-Z][0-9]{4}|[0-9]{4}[A-Z]")


def is_code(text: str) -> bool:
    """Whether it has the shape of a CPT or HCPCS code."""
    return _CODE.fullmatch(text) is not None


def is_visit(code: str) -> bool:
    return code in VISITS


def is_drug(code: str) -> bool:
    """Whether the code names a drug rather than a service."""
    return len(code) == 5 and code[0] in "JQ" and code[1:].isdigit()


def is_vaccine_product(code: str) -> bool:
    """Whether the code names a vaccine or an immune globulin by its CPT number."""
    number = int(code) if len(code) == 5 and code.isascii() and code.isdigit() else 0
    return 90281 <= number <= 90399 or 90476 <= number <= 90759 or 91300 <= number <= 91399


@lru_cache(maxsize=8192)
def undotted(diagnosis: str) -> str:
    """An ICD-10-CM code as tables and comparisons have it: capitals, without the point."""
    return diagnosis.upper().replace(".", "")
