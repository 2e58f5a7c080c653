"""Allergy: whether the drug in hand is one that the patient must not get."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from injections.checks.names import contains, drug_names, words
from injections.checks.rule import check, softened, stop, treatments, warning
from injections.facts import Administration, Allergy, Encounter, known
from injections.findings import Finding, Until

#: allergy group of the formulary -> the words that people write for it and for its members, beside its own name
GROUP_WORDS: dict[str, tuple[str, ...]] = {
    "penicillin": (
        "pcn", "pen vk", "pen g", "aminopenicillin", "aminopenicillins", "amoxicillin", "augmentin", "ampicillin",
        "unasyn", "nafcillin", "oxacillin", "dicloxacillin", "piperacillin", "zosyn", "bicillin",
    ),
    "cephalosporin": (
        "cefazolin", "ancef", "cephalexin", "keflex", "cefuroxime", "ceftriaxone", "rocephin", "cefotaxime",
        "ceftazidime", "cefepime", "cefdinir", "omnicef", "cefoxitin", "cefixime",
    ),
    "carbapenem": ("ertapenem", "invanz", "meropenem", "imipenem"),
    "beta-lactam": ("betalactam",),
    "aminoglycoside": ("gentamicin", "tobramycin", "amikacin", "streptomycin"),
    "lincosamide": ("clindamycin", "cleocin", "lincomycin"),
    "sulfa": ("sulpha", "sulfonamide", "sulfonamides", "bactrim", "septra", "sulfamethoxazole"),
    "nsaid": (
        "ibuprofen", "motrin", "advil", "naproxen", "aleve", "ketorolac", "toradol", "diclofenac", "voltaren",
        "indomethacin", "meloxicam", "aspirin", "asa",
    ),
    "aspirin": ("asa", "acetylsalicylic acid", "salicylate", "salicylates"),
    "corticosteroid": (
        "steroid", "steroids", "cortisone", "prednisone", "methylprednisolone", "triamcinolone", "dexamethasone",
        "betamethasone",
    ),
    "local-anaesthetic": (
        "local anesthetic", "local anesthetics", "lidocaine", "xylocaine", "bupivacaine", "marcaine", "mepivacaine",
        "ropivacaine",
    ),
    "ester-anaesthetic": ("procaine", "novocaine", "novocain", "benzocaine", "tetracaine", "chloroprocaine"),
    "heparin": ("enoxaparin", "lovenox", "dalteparin"),
    "pork": ("porcine",),
    "latex": ("natural rubber",),
    "egg": ("eggs", "ovalbumin"),
    "gelatin": ("gelatine",),
    "opioid": ("opiate", "opiates", "morphine", "codeine", "hydromorphone", "dilaudid", "meperidine"),
    "phenothiazine": ("promethazine", "phenergan", "prochlorperazine", "compazine", "chlorpromazine"),
    "antihistamine": ("diphenhydramine", "benadryl", "hydroxyzine"),
    "benzodiazepine": ("lorazepam", "ativan", "diazepam", "midazolam"),
    "cobalamin": ("cobalt", "b12", "cyanocobalamin", "hydroxocobalamin"),
    "iron": ("iron dextran", "iron sucrose", "ferumoxytol"),
    "peg": ("polyethylene glycol", "macrogol", "peg 3350"),
    "polysorbate": ("polysorbate 80", "tween"),
    "sesame-oil": ("sesame",),
    "cottonseed-oil": ("cottonseed",),
    "peanut": ("arachis",),
    "soy": ("soya", "soybean"),
    "thimerosal": ("thiomersal",),
    "hamster-protein": ("cho protein", "hamster"),
    "cows-milk": ("milk", "milk protein", "cow s milk", "casein"),
    "estrogen": ("oestrogen", "estradiol"),
    "iga": ("immunoglobulin a",),
    "avian": ("chicken", "chicken protein", "feathers"),
    "sulfite": ("metabisulfite", "bisulfite"),
    "bisphosphonate": ("zoledronic acid", "alendronate", "ibandronate"),
    "botulinum-toxin": ("botox", "botulinum"),
    "triptan": ("sumatriptan", "imitrex"),
}  # fmt: skip

#: group of the drug -> groups whose allergy asks for a second look, but does not stop it
RELATED: dict[str, frozenset[str]] = {
    "cephalosporin": frozenset({"penicillin", "carbapenem"}),
    "carbapenem": frozenset({"penicillin", "cephalosporin"}),
    "penicillin": frozenset({"cephalosporin", "carbapenem"}),
}

#: words that stand in many names and point at nothing
_VAGUE = frozenset(
    "sodium acetate phosphate hydrochloride hcl sulfate acid vitamin vaccine injection solution drug drugs "
    "allergy allergic unknown other alcohol oil protein human immune globulin anesthetic anaesthetic local "
    "g b c d e a and the to of in".split()
)
_NONE_KNOWN = (("no", "known"), ("nkda",), ("nka",), ("none",), ("denies",))


def _named(allergy: Allergy) -> tuple[str, ...] | None:
    """The words of the substance; ``None`` when the entry says that there is no allergy."""
    substance = words(allergy.substance)
    return None if any(substance[: len(none)] == none for none in _NONE_KNOWN) else substance


@cache
def _group_terms(group: str) -> tuple[str, ...]:
    return (group, f"{group}s", *GROUP_WORDS.get(group, ()))


def _says(substance: tuple[str, ...], term: str) -> bool:
    """Whether the substance contains the term, or is a telling part of it."""
    named = words(term)
    if contains(substance, named) and not _VAGUE.issuperset(named):
        return True
    return not _VAGUE.issuperset(substance) and contains(named, substance)


def _groups(dose: Administration) -> frozenset[str]:
    return frozenset(group.lower() for group in dose.product.allergy_groups) if dose.product else frozenset()


def _related(groups: frozenset[str]) -> frozenset[str]:
    """Groups that are only related to the drug's own, even where its file lists them beside its own."""
    for own in ("cephalosporin", "carbapenem"):
        if own in groups:
            return RELATED[own]
    return frozenset().union(*(RELATED.get(group, frozenset()) for group in groups)) - groups


def _matches_drug(substance: tuple[str, ...], dose: Administration) -> bool:
    """Whether the substance names the drug, or a group that the drug itself belongs to."""
    groups = _groups(dose)
    own = groups - _related(groups)
    if any(_says(substance, name) for name in drug_names(dose)):
        return True
    return any(_says(substance, term) for group in own for term in _group_terms(group))


def _recorded(encounter: Encounter) -> Iterator[tuple[Administration, Allergy, tuple[str, ...]]]:
    """Every treatment with every allergy that could have stopped it, and the words that name it."""
    for dose in encounter.doses_given:
        for allergy in encounter.patient.allergies or ():
            substance = _named(allergy)
            if substance and not _learnt_later(dose, allergy):
                yield dose, allergy, substance


def _learnt_later(dose: Administration, allergy: Allergy) -> bool:
    """Whether a signed dose was in before anybody knew: it may be the very dose that showed it."""
    given = known(dose.given_at)
    learnt = allergy.recorded_at
    if learnt is None or given is None or dose.signed_at is None or (learnt.tzinfo is None) != (given.tzinfo is None):
        return False
    return learnt > given


def _because(dose: Administration, allergy: Allergy) -> str:
    reaction = f" ({allergy.reaction})" if allergy.reaction else ""
    return f"allergic to {allergy.substance}{reaction}, in hand {dose.called}"


@check(applies=("patient.allergies",))
def documented_allergy(encounter: Encounter) -> Iterator[Finding]:
    """The patient is allergic to this drug

    The drug, or a drug of its group, is on the patient's allergy list.
    """
    for dose, allergy, substance in _recorded(encounter):
        if _matches_drug(substance, dose):
            fix = "Stop. Tell the person who ordered it"
            found = stop(dose, "drug", "patient.allergies", fix=fix, because=_because(dose, allergy))
            yield softened(found, dose.product, "allergy_groups")


@check(applies=("patient.allergies",))
def related_allergy(encounter: Encounter) -> Iterator[Finding]:
    """The patient is allergic to a related drug

    A reaction to a relative is uncommon and can be severe: look at what happened then, and decide.
    """
    for dose, allergy, substance in _recorded(encounter):
        if _matches_drug(substance, dose):
            continue
        related = _related(_groups(dose))
        if any(_says(substance, term) for group in related for term in _group_terms(group)):
            fix = "Ask what the reaction was, and tell the person who ordered it"
            because = _because(dose, allergy)
            yield warning(dose, "drug", "patient.allergies", fix=fix, because=because, until=Until.PATIENT_LEAVES)


@check(applies=("no patient.allergies",))
def allergies_not_recorded(encounter: Encounter) -> Iterator[Finding]:
    """Allergies are marked as reviewed, but none are recorded

    The drug could not be compared with a list that nobody wrote down. None known is an answer too.
    """
    for dose in treatments(encounter):
        if known(dose.allergies_checked) is True and encounter.patient.allergies is None:
            fix = "Record the allergies, or that none are known"
            yield warning(dose, "patient.allergies", fix=fix, until=Until.PATIENT_LEAVES)


CHECKS = (documented_allergy, related_allergy, allergies_not_recorded)
