"""Vaccines by what they protect against, and which of them Medicare Part B covers."""

from __future__ import annotations

from collections.abc import Iterable

from billing.codes import undotted
from billing.context import BilledLine
from billing.families import classes_of
from injections.facts import Administration, Encounter
from injections.facts.alike import in_itself
from injections.facts.once import once

_HINTS = {
    "influenza": (
        "influenza",
        "flu shot",
        "flu vaccine",
        "fluzone",
        "flucelvax",
        "fluarix",
        "flulaval",
        "afluria",
        "fluad",
    ),
    "pneumococcal": ("pneumo", "prevnar", "vaxneuvance", "capvaxive"),
    "hepatitis-b": ("hepatitis b", "hep b", "engerix", "recombivax", "heplisav"),
    "covid-19": ("covid", "sars-cov-2", "comirnaty", "spikevax", "novavax"),
    "tetanus": ("tetanus", "tdap", "boostrix", "adacel", "tenivac"),
    "rabies": ("rabies", "imovax", "rabavert"),
    "hepatitis-a": ("hepatitis a", "hep a", "havrix", "vaqta"),
}
_ALWAYS_PART_B = frozenset({"influenza", "pneumococcal", "hepatitis-b", "covid-19"})
#: Part B covers these after an injury or exposure only: letters of an injury, codes of contact with the disease
_INJURY = ("S", "T", "V", "W", "X", "Y")
_AFTER_INJURY = {"tetanus": (*_INJURY, "Z203"), "rabies": (*_INJURY, "Z203"), "hepatitis-a": ("Z205",)}


def kinds_of(doses: Iterable[Administration]) -> frozenset[str]:
    """What the vaccines of one stick protect against, by class or by name."""
    return frozenset().union(*(_kinds_of(in_itself(dose)) for dose in doses))


@once
def _kinds_of(dose: Administration) -> frozenset[str]:
    name = f"{dose.drug or ''} {dose.called} {dose.drug_class or ''}".casefold()
    by_name = (kind for kind, hints in _HINTS.items() if any(h in name for h in hints))
    return frozenset(by_name) | (classes_of(dose) & _HINTS.keys())


def is_begun(lines: Iterable[BilledLine]) -> bool:
    """Whether another claim of the day has the first code, of which there is one: what follows is a further one."""
    return any(line.code in ("90471", "90473") for line in lines)


def covered_by_part_b(dose: Administration, encounter: Encounter) -> bool:
    """Anything that is no vaccine is not this question's; a vaccine is covered by kind, or after an injury."""
    if "vaccine" not in classes_of(dose):
        return True
    kinds = kinds_of((dose,))
    reasons = [undotted(d).upper() for d in encounter.diagnoses_of(dose)]
    exposed = any(r.startswith(_AFTER_INJURY[kind]) for kind in kinds & _AFTER_INJURY.keys() for r in reasons)
    return bool(kinds & _ALWAYS_PART_B) or exposed
