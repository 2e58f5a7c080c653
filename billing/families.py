"""Which family of administration codes a dose belongs to: by what the drug is, how it goes in, and for what.

Families are told apart here, once, so that 96372 can never be reached by a dose that belongs elsewhere.
"""

from __future__ import annotations

from enum import StrEnum

from billing.codes import undotted
from injections.facts import Administration, Encounter, known
from injections.facts.once import once
from injections.routes import parse_route
from injections.sites import parse_site

_SI_JOINT = "sacroiliac"

#: names that tell the class of a drug that the formulary does not know: neither a vaccine nor an anticancer drug passes
#: for a plain injection
_TELLING_NAMES = {
    "vaccine": (
        *"vaccin toxoid immuniz immunis shingrix gardasil m-m-r mmr varivax proquad havrix vaqta twinrix".split(),
        *"menveo menquadfi menactra bexsero trumenba penbraya penmenvy arexvy abrysvo mresvia pneumovax".split(),
        *"prevnar capvaxive vaxneuvance boostrix adacel tdap tenivac pediarix pentacel vaxelis kinrix".split(),
        *"quadracel daptacel infanrix ipol pedvaxhib acthib hiberix engerix recombivax heplisav prehevbrio".split(),
        *"imovax rabavert jynneos ixiaro typhim vivotif rotarix rotateq comirnaty spikevax novavax fluzone".split(),
        *"flucelvax fluarix flulaval afluria fluad flublok flumist".split(),
        "flu shot",
    ),
    "allergen": ("allergen", "allergy shot", "immunotherapy", "allergy serum"),
    "platelets": ("platelet rich", "platelet-rich", "prp injection", "autologous platelet"),
    "antineoplastic": tuple(
        "vincristine vinblastine vinorelbine doxorubicin epirubicin daunorubicin idarubicin paclitaxel "
        "docetaxel cabazitaxel carboplatin cisplatin oxaliplatin cyclophosphamide ifosfamide gemcitabine "
        "fluorouracil irinotecan topotecan mitomycin mitoxantrone dacarbazine bendamustine pemetrexed "
        "eribulin carfilzomib cytarabine etoposide fludarabine cladribine decitabine melphalan busulfan "
        "romidepsin temsirolimus cetuximab panitumumab ramucirumab ipilimumab durvalumab cemiplimab "
        "brentuximab sacituzumab enfortumab emtansine deruxtecan oncovin adriamycin taxol taxotere abraxane "
        "erbitux vectibix cyramza yervoy imfinzi kadcyla enhertu alimta gemzar kyprolis".split()
    ),
    "skin-test": ("tubersol", "aplisol", "tuberculin", "ppd"),
}


class Family(StrEnum):
    """One way of being billed for the act of giving a dose; the value completes "this is ..."."""

    THERAPEUTIC = "an injection into muscle or under the skin"
    ANTINEOPLASTIC = "an injection of an anticancer drug"
    HORMONAL = "an injection of a hormone against cancer"
    COMPLEX = "an injection of a highly complex biologic"
    PREP = "an injection to prevent HIV"
    ON_BODY = "an on-body injector"
    IV_PUSH = "an intravenous push"
    IV_INFUSION = "an intravenous infusion"
    IV_UNSAID = "an intravenous dose"
    SC_INFUSION = "an infusion under the skin"
    INTRA_ARTERIAL = "an injection into an artery"
    VACCINE = "an immunization"
    RSV_ANTIBODY = "an RSV antibody for a season"
    ALLERGEN = "an allergy shot"
    SKIN_TEST = "a tuberculin skin test"
    PLATELETS = "an injection of platelet-rich plasma"
    JOINT = "an injection into a joint or bursa"
    TENDON = "an injection at a tendon"
    TRIGGER_POINT = "a trigger-point injection"
    SACROILIAC = "an injection into the sacroiliac joint"
    PERINEURAL = "a nerve block"
    LESION = "an injection into a lesion"
    INTRADERMAL = "an injection into the skin"
    CHEMODENERVATION = "a botulinum toxin treatment"
    IMPLANT = "an implant under the skin"
    EYE = "an injection into the eye"
    SPINE = "an injection into the spine"
    PENILE = "an injection into the penis"
    EAR = "an injection through the eardrum"
    INFILTRATION = "an infiltration of tissue"
    NUMBING = "a local anesthetic or diluent"
    FLUSH = "a flush of the line"
    NO_NEEDLE = "a dose without a needle"
    UNKNOWN = "a dose by a route that is not charted"


#: families whose act is billed by where the needle went
PROCEDURES = frozenset(
    {
        *(Family.JOINT, Family.TENDON, Family.TRIGGER_POINT, Family.SACROILIAC, Family.PERINEURAL, Family.LESION),
        *(Family.INTRADERMAL, Family.CHEMODENERVATION, Family.IMPLANT, Family.EYE, Family.SPINE, Family.PENILE),
        *(Family.EAR, Family.INFILTRATION),
    }
)

_BY_ROUTE = {
    "IM": Family.THERAPEUTIC,
    "SC": Family.THERAPEUTIC,
    "SC-infusion": Family.SC_INFUSION,
    "ID": Family.INTRADERMAL,
    "IV": Family.IV_UNSAID,
    "IV-push": Family.IV_PUSH,
    "IV-infusion": Family.IV_INFUSION,
    "IA": Family.INTRA_ARTERIAL,
    "intra-articular": Family.JOINT,
    "bursal": Family.JOINT,
    "tendon": Family.TENDON,
    "trigger-point": Family.TRIGGER_POINT,
    "sacroiliac": Family.SACROILIAC,
    "perineural": Family.PERINEURAL,
    "intralesional": Family.LESION,
    "subdermal-implant": Family.IMPLANT,
    "intravitreal": Family.EYE,
    "intrathecal": Family.SPINE,
    "epidural": Family.SPINE,
    "on-body": Family.ON_BODY,
    "wound-infiltration": Family.INFILTRATION,
    "intradetrusor": Family.CHEMODENERVATION,
    "intracavernosal": Family.PENILE,
    "intratympanic": Family.EAR,
    "flush": Family.FLUSH,
    "oral": Family.NO_NEEDLE,
    "nasal": Family.NO_NEEDLE,
    "topical": Family.NO_NEEDLE,
}

_BEFORE_ROUTE = {
    "skin-test": Family.SKIN_TEST,
    "platelets": Family.PLATELETS,
    "allergen": Family.ALLERGEN,
    "chemodenervation": Family.CHEMODENERVATION,
    "vaccine": Family.VACCINE,
}

_NUMBING_PURPOSES = frozenset({"anaesthetic", "anesthetic", "diluent"})
#: what these drugs do by these routes is numbing or mixing, whatever the purpose says
_NUMBING_CLASSES = frozenset({"local-anaesthetic", "diluent"})
_NUMBING_ROUTES = ("IM", "SC", "ID", "wound-infiltration", "topical", None)


@once
def classes_of(dose: Administration) -> frozenset[str]:
    """The drug's classes: the formulary's where it knows the drug, else the one that was stated."""
    if dose.product is not None:
        return dose.product.classes
    if dose.drug_class:
        return frozenset({dose.drug_class})
    named = (dose.drug or "").casefold()
    told = frozenset(word for word, names in _TELLING_NAMES.items() if any(name in named for name in names))
    return told or (frozenset({"vaccine"}) if _only_to_immunize(dose) else told)


def _only_to_immunize(dose: Administration) -> bool:
    """Whether Z23, the encounter for immunization, is all that an unknown substance was given for."""
    return bool(dose.diagnoses) and all(undotted(code).upper() == "Z23" for code in dose.diagnoses)


@once
def route_of(dose: Administration) -> str | None:
    """The charted route as our key; where charting is taken for granted, the drug's only route."""
    route = known(dose.route)
    if route is not None:
        found = parse_route(route)
        return _SI_JOINT if found == "intra-articular" and _is_sacroiliac(dose) else found
    routes = dose.product.routes if dose.product else frozenset()
    return next(iter(routes)) if dose.route is not None and len(routes) == 1 else None


def _is_sacroiliac(dose: Administration) -> bool:
    """The one joint that is not coded by its size."""
    site = parse_site(known(dose.site))
    return site is not None and site.key == _SI_JOINT


def for_cancer(dose: Administration, encounter: Encounter) -> bool | None:
    """Whether the dose was against cancer: as charted, else as its diagnoses say, else unknown."""
    if dose.anticancer is not None:
        return dose.anticancer
    diagnoses = encounter.diagnoses_of(dose)
    if not diagnoses:
        return None
    return any(_is_cancer(code) for code in diagnoses)


def _is_cancer(code: str) -> bool:
    plain = undotted(code)
    in_situ = plain[:1] == "D" and plain[1:3].isdecimal() and (int(plain[1:3]) <= 9 or 37 <= int(plain[1:3]) <= 48)
    return plain[:1] == "C" or in_situ or plain.startswith(("Z511", "Z5111", "Z191"))


def family_of(dose: Administration, encounter: Encounter) -> Family:
    """The family of a dose. Purpose and drug class go before the route: a flu shot is a vaccine wherever it goes."""
    found = _families(encounter).get(id(dose))
    return found if found is not None else _family(dose, encounter)


@once
def _families(encounter: Encounter) -> dict[int, Family]:
    """The family of each dose of the visit, by the dose itself."""
    return {id(dose): _family(dose, encounter) for dose in encounter.administrations}


def _family(dose: Administration, encounter: Encounter) -> Family:
    classes, route = classes_of(dose), route_of(dose)
    if dose.purpose in _NUMBING_PURPOSES:
        return Family.NUMBING
    if dose.purpose == "flush" or route == "flush":
        return Family.FLUSH
    if not classes.isdisjoint(_BEFORE_ROUTE):
        return next(family for word, family in _BEFORE_ROUTE.items() if word in classes)
    if classes & _NUMBING_CLASSES and route in _NUMBING_ROUTES:
        return Family.NUMBING
    if "diluent" in classes and route in ("IV", "IV-push"):
        return Family.FLUSH
    if "rsv-antibody" in classes:
        return Family.RSV_ANTIBODY
    if "implant" in classes and route in ("SC", None):
        return Family.IMPLANT
    by_route = _BY_ROUTE.get(route or "", Family.UNKNOWN)
    if by_route is Family.IMPLANT and "hormonal-antineoplastic" in classes:
        return _by_drug(dose, encounter, classes)
    return _by_drug(dose, encounter, classes) if by_route is Family.THERAPEUTIC else by_route


def _by_drug(dose: Administration, encounter: Encounter, classes: frozenset[str]) -> Family:
    """For an IM or SC dose: the drug decides between 96372 and the families beside it."""
    if "hormonal-antineoplastic" in classes and for_cancer(dose, encounter) is not False:
        return Family.HORMONAL
    if "antineoplastic" in classes and "hormonal-antineoplastic" not in classes:
        return Family.ANTINEOPLASTIC
    if "complex" in classes:
        return Family.COMPLEX
    treated = any(undotted(d).startswith(("B20", "Z21", "B9735")) for d in encounter.diagnoses_of(dose))
    return Family.PREP if "hiv-prep" in classes and not treated else Family.THERAPEUTIC
