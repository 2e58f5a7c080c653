"""The derivation door: a visit as JSON in, charges and findings as JSON out. The contract is docs/visit-json.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from billing.engine import review
from billing.reference import Reference
from billing.visit_json.explaining import explain
from billing.visit_json.reading import Visit, read_visit
from billing.visit_json.values import VisitError
from billing.visit_json.writing import answer, claim_line, not_billed
from injections.checks import examine
from injections.facts import Encounter, known
from injections.findings import Finding
from injections.quantity import Dimension

__all__ = ["Visit", "VisitError", "answer", "claim_line", "derive", "explain", "not_billed", "read_visit"]

#: without these nothing can be worked out, so nobody may take them for granted
_DOCUMENTATION = frozenset(
    (
        *("labs", "reason", "supervision", "supervision.clinician", "supervision.clinician.npi"),
        *("ndc", "order.kind", "place_of_service", "state"),
    )
)
#: what somebody said of the vial, whatever of its label is not mentioned
_SAID_OF_VIAL = frozenset({"vial.lot_recalled", "vial.past_beyond_use", "vial.lot_held"})
_NEVER_ASSUMED = frozenset({"drug", "dose", "route", "date"})


def derive(document: object, reference: Reference) -> dict[str, Any]:
    """One visit to its answer. Raises :class:`VisitError` when the document is not a visit."""
    visit = read_visit(document, reference)

    def spoken(encounter: Encounter) -> tuple[Finding, ...]:
        found = tuple(f for f in examine(encounter) if not _name_of_our_choice(f, visit))
        return tuple(f for f in found if not _taken_for_granted(f, visit)) if visit.assumed else found

    case = review(visit.encounter, visit.context, reference, examine=spoken)
    if visit.assumed:
        case = replace(case, findings=tuple(f for f in case.findings if not _assumed_by_bill(f, visit)))
    return answer(case, visit)


def _name_of_our_choice(finding: Finding, visit: Visit) -> bool:
    """A name cannot contradict a vial that nobody scanned: the product was found by that very name."""
    chosen = {a.id for a in visit.encounter.administrations if not known(a.ndc) and not a.containers}
    return finding.rule == "vial.vial_of_another_drug" and set(finding.administrations) <= chosen


def _assumed_by_bill(finding: Finding, visit: Visit) -> bool:
    """Of the bill's own questions only those about plain documentation are taken for granted."""
    return set(finding.fields) <= _DOCUMENTATION and _taken_for_granted(finding, visit)


def _taken_for_granted(finding: Finding, visit: Visit) -> bool:
    """Whether a finding asks only for facts that the document does not mention."""
    if finding.rule in _SAID_OF_VIAL:
        return False
    if finding.rule == "dose.dose_in_another_measure" and _fluid_that_numbs(finding, visit):
        return True
    names = [n for n in finding.fields if re.split(r"[.\[]", n)[0] not in _NEVER_ASSUMED]
    if not names or len(names) < len(finding.fields):
        return False
    places = [n for n, a in enumerate(visit.encounter.administrations) if a.id in finding.administrations]
    nodes: list[Any] = [visit.document, *(visit.document["administrations"][n] for n in places)]
    return not any(_mentions(node, name) for node in nodes for name in names)


def _fluid_that_numbs(finding: Finding, visit: Visit) -> bool:
    """Milliliters of a drug that is never billed: only its strength is missing, and that is on the vial."""
    doses = [d for d in visit.encounter.administrations if d.id in finding.administrations]
    plain = (d.dose is not None and d.dose.dimension is Dimension.VOLUME for d in doses)
    return all(plain) and all(d.product is not None and d.product.never_separately_billed for d in doses)


def _mentions(node: Any, name: str) -> bool:
    """Whether a dotted name leads to anything in the document."""
    if name.partition(".")[0] == "observation" and isinstance(node, Mapping) and "observed_minutes" in node:
        return True
    for step in re.findall(r"[^.\[\]]+", name):
        if isinstance(node, list) and step.isdecimal() and int(step) < len(node):
            node = node[int(step)]
        elif isinstance(node, Mapping) and step in node:
            node = node[step]
        else:
            return False
    return True
