"""A settled case as the answer's JSON: the way out of the derivation door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from billing.case import Case
from billing.outcomes import Charge, ClaimField, Finding, NdcLine, Withheld
from billing.payment import expected_payment
from billing.visit_json.reading import Visit
from injections.quantity import plain

#: facts that stand beside the administrations in a document
_OF_VISIT = frozenset(
    "date payer patient services supervision reason diagnoses contractor abn same_day place_of_service global_period "
    "authorizations filing restricted_disclosure counselled_by_physician history state".split()
)
#: facts that an administration may state for itself
_OF_BOTH = frozenset({"supervision", "reason", "diagnoses"})
_OF_DOSE_FIRST = frozenset({"reason", "diagnoses"})


def answer(case: Case, visit: Visit) -> dict[str, Any]:
    """The whole answer, in the order of the contract."""
    shown = {
        "edition": case.reference.whole.edition,
        "date": case.day.isoformat(),
        "payer": case.context.payer.key,
        "billable": case.billable and bool(case.charges),
        "lines": [_line(case, c) for c in case.charges],
        "not_checked": [{"check": u.check, "because": u.because} for u in case.unchecked],
        "not_billed": _not_billed(case),
        "findings": [_finding(case, visit, f) for f in case.findings],
        "claim": _claim(case),
    }
    return {**shown, "ignored": list(visit.ignored)} if visit.ignored else shown


def _line(case: Case, charge: Charge) -> dict[str, Any]:
    payment = expected_payment(case, charge)
    return {
        "code": charge.code,
        "units": charge.units,
        "modifiers": list(charge.modifiers),
        "diagnoses": list(charge.diagnoses),
        "administrations": list(charge.administrations),
        "ndc": _ndc(charge.ndc) if charge.ndc else None,
        "expected_payment": None if payment is None else str(payment),
        "rule": charge.rule,
        "because": _spaced(charge.because),
        "source": charge.source,
        "kind": charge.kind.value,
    }


def _ndc(ndc: NdcLine) -> dict[str, str]:
    return {"code": ndc.code, "qualifier": ndc.qualifier, "unit": ndc.unit, "quantity": plain(ndc.quantity)}


def _not_billed(case: Case) -> list[dict[str, Any]]:
    """Each thing once, with every reason of one rule said once."""
    shown: dict[tuple[str, tuple[str, ...], str], Withheld] = {}
    for withheld in sorted(case.withheld, key=lambda w: (w.administrations, w.what, w.rule)):
        shown.setdefault((withheld.what, withheld.administrations, withheld.because), withheld)
    return [
        {
            "what": w.what,
            "administrations": list(w.administrations),
            "rule": w.rule,
            "because": _spaced(w.because),
            "source": w.source,
        }
        for w in shown.values()
    ]


def _finding(case: Case, visit: Visit, finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "blocks": finding.blocks,
        "owner": finding.owner.value,
        "until": finding.until.value,
        "summary": _spaced(finding.summary),
        "because": _spaced(finding.because),
        "fix": _spaced(finding.fix),
        "administrations": list(finding.administrations),
        "fields": list(dict.fromkeys(paths_of(case, visit, finding))),
        "source": finding.source,
    }


def paths_of(case: Case, visit: Visit, finding: Finding) -> Iterator[str]:
    """Where in the document the facts of a finding stand, or would stand."""
    places = {a.id: n for n, a in enumerate(case.encounter.administrations)}
    for name in finding.fields:
        first = re.split(r"[.\[]", name)[0]
        of_visit = first in _OF_VISIT and not (first in _OF_DOSE_FIRST and finding.administrations)
        for id_ in finding.administrations:
            path = f"administrations[{places[id_]}]" if id_ in places else ""
            if path and (not of_visit or (first in _OF_BOTH and _states(visit, places[id_], first))):
                yield f"{path}.{name}"
                of_visit_said = True
            else:
                of_visit_said = False
            if of_visit and not of_visit_said:
                yield name
        if not finding.administrations:
            yield name


def _states(visit: Visit, place: int, name: str) -> bool:
    return visit.document["administrations"][place].get(name) is not None


def _claim(case: Case) -> dict[str, Any]:
    """The facts beside the lines; the first of each, all of the notes."""
    fields: dict[str, list[str]] = {}
    for field in sorted(case.claim, key=_claim_order):
        if field.value not in fields.setdefault(field.name, []):
            fields[field.name].append(field.value)
    ordering = fields.get("ordering_npi")
    claim: dict[str, Any] = {
        "rendering_npi": next(iter(fields.get("rendering_npi", [])), None),
        "supervising_npi": next(iter(fields.get("supervising_npi", [])), None),
        "ordering": {"qualifier": "DK", "npi": ordering[0]} if ordering else None,
        "notes": fields.get("notes", []),
    }
    approvals = fields.get("prior_authorization")
    return {**claim, "prior_authorization": approvals[0]} if approvals else claim


def _claim_order(field: ClaimField) -> tuple[str, str]:
    return (field.name, field.rule)


def _spaced(words: str) -> str:
    """Plain spaces: the no-break ones are for pages."""
    return words.replace("\u00a0", " ")
