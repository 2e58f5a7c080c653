"""What a drug is and what a patient is, in the words that people write, where no drug file tells it."""

from __future__ import annotations

import re
from typing import Any

from billing.visit_json.document import Node
from billing.visit_json.values import VisitError, shown, text

#: other words for the classes that decide a code
_CLASSES = {
    "immunization": "vaccine",
    "immunisation": "vaccine",
    "toxoid": "vaccine",
    "allergy": "allergen",
    "allergy-serum": "allergen",
    "allergy-extract": "allergen",
    "allergen-extract": "allergen",
    "allergen-immunotherapy": "allergen",
    "tb-test": "skin-test",
    "tb-skin-test": "skin-test",
    "ppd": "skin-test",
    "tuberculin": "skin-test",
    "immunoglobulin": "immune-globulin",
    "immune-serum-globulin": "immune-globulin",
    "chemotherapy": "antineoplastic",
    "chemo": "antineoplastic",
    "anticancer": "antineoplastic",
    "anti-cancer": "antineoplastic",
    "anti-neoplastic": "antineoplastic",
    "monoclonal-antibody": "monoclonal",
    "botulinum-toxin": "chemodenervation",
    "neurotoxin": "chemodenervation",
    "local-anesthetic": "local-anaesthetic",
}
_SEXES = {"male": "M", "man": "M", "boy": "M", "m": "M", "female": "F", "woman": "F", "girl": "F", "f": "F"}
_SEXES |= dict.fromkeys(("x", "other", "nonbinary", "non-binary", "intersex"), "X")


def drug_class(node: Node, known: frozenset[str]) -> str | None:
    """The stated class in the word that the rules know; one that they do not know is told as not used."""
    written = node.get("drug_class", text)
    if written is None:
        return None
    word = re.sub(r"[\s_-]+", "-", written.casefold())
    for spelled in (word, word.removesuffix("s")):
        meant = _CLASSES.get(spelled, spelled)
        if meant in known:
            return meant
    node.asked.discard("drug_class")
    return word


def sex(value: Any, path: str) -> str:
    """``F``, ``M`` or ``X``."""
    meant = _SEXES.get(text(value, path).casefold())
    if meant is None:
        raise VisitError(path, f"{shown(value)} is not one of F, M, X")
    return meant
