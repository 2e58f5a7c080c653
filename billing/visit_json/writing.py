"""A settled case as the answer's JSON: the way out of the derivation door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from billing.case import Case
from billing.looked_up import Used, looked_up
from billing.outcomes import Charge, ClaimField, Finding, NdcLine, Withheld
from billing.payment import shares
from billing.visit_json.chart_sources import chart_source
from billing.visit_json.reading import Visit
from billing.visit_json.values import is_nothing
from injections.quantity import plain

#: facts that stand beside the administrations in a document
_OF_VISIT = frozenset(
    "date payer patient services contractor abn same_day place_of_service global_period authorizations filing "
    "restricted_disclosure eligibility pharmacy_benefit locality counselled_by_physician history state".split()
)


def answer(case: Case, visit: Visit) -> dict[str, Any]:
    """The whole answer, in the order of the contract."""
    shown = {
        "edition": case.reference.whole.edition,
        "date": case.day.isoformat(),
        "payer": case.context.payer.key,
        "billable": case.billable and bool(case.charges),
        "lines": [_line(case, c) for c in case.charges],
        "not_checked": [*_unstated(case, visit), *({"check": u.check, "because": u.because} for u in case.unchecked)],
        "not_billed": not_billed(case),
        "findings": [_finding(case, f) for f in case.findings],
        "claim": _claim(case),
    }
    return {**shown, "ignored": list(visit.ignored)} if visit.ignored else shown


def _unstated(case: Case, visit: Visit) -> list[dict[str, str]]:
    """That nobody said who pays: the answer then holds for the payer it names, and for others perhaps not."""
    if not is_nothing(visit.document.get("payer")):
        return []
    return [{"check": "payer", "because": f"no payer is stated: answered as for {case.context.payer.name}"}]


def _line(case: Case, charge: Charge) -> dict[str, Any]:
    return {
        **claim_line(case, charge),
        "kind": charge.kind.value,
        "reference": [_used(row) for row in looked_up(case, charge)],
    }


def claim_line(case: Case, charge: Charge) -> dict[str, Any]:
    """A line of the claim and what is expected for it, without the rows behind it."""
    payment = shares(case, charge)
    return {
        "code": charge.code,
        "units": charge.units,
        "modifiers": list(charge.modifiers),
        "diagnoses": list(charge.pointers),
        "administrations": list(charge.administrations),
        "ndc": _ndc(charge.ndc) if charge.ndc else None,
        "expected_payment": _dollars(payment.allowed),
        "payer_share": _dollars(payment.payer),
        "patient_share": _dollars(payment.patient),
        "rule": charge.rule,
        "because": _spaced(charge.because),
        "source": charge.source,
    }


def _used(used: Used) -> dict[str, Any]:
    """A row of a table and its age. A row that was looked for and is not there is null."""
    return {
        "table": used.table,
        "period": used.period,
        "since": _iso(used.since),
        "until": _iso(used.until),
        "row": used.row or None,
        "source": used.source,
        "edition": used.edition,
        "because": used.because,
    }


def _iso(day: date | None) -> str | None:
    """An open end is null."""
    return None if day is None or day == date.max else day.isoformat()


def _dollars(amount: Decimal | None) -> str | None:
    """Unknown is null, never zero."""
    return None if amount is None else str(amount)


def _ndc(ndc: NdcLine) -> dict[str, str]:
    return {"code": ndc.code, "qualifier": ndc.qualifier, "unit": ndc.unit, "quantity": plain(ndc.quantity)}


def not_billed(case: Case) -> list[dict[str, Any]]:
    """What was done and is not billed: each thing once, with every reason of one rule said once."""
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


def _finding(case: Case, finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "blocks": finding.blocks,
        "gate": finding.gate.value,
        "owner": finding.owner.value,
        "until": finding.until.value,
        "summary": _spaced(finding.summary),
        "because": _spaced(finding.because),
        "fix": _spaced(finding.fix),
        "administrations": list(finding.administrations),
        "fields": list(dict.fromkeys(paths_of(case, finding))),
        "source": finding.source or chart_source(finding.rule),
    }


def paths_of(case: Case, finding: Finding) -> Iterator[str]:
    """Where in the document the facts of a finding stand, or would stand."""
    places = {a.id: n for n, a in enumerate(case.encounter.administrations)}
    about = [places[id_] for id_ in finding.administrations if id_ in places]
    for name in map(_as_written, finding.fields):
        first = re.split(r"[.\[]", name)[0]
        for place in about:
            yield name if _stands_beside(case, first, place) else f"administrations[{place}].{name}"
        if not about:
            yield name


def _as_written(name: str) -> str:
    """The field as the document calls it, where the chart has another word."""
    return "package.opened" if name == "opened" else name


def _stands_beside(case: Case, name: str, place: int) -> bool:
    """Whether a fact belongs to the visit; supervision does unless the dose states its own."""
    if name == "supervision":
        return case.encounter.administrations[place].supervision is None
    return name in _OF_VISIT


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
    extra = ("prior_authorization", "frequency", "original_claim")
    return {**claim, **{name: fields[name][0] for name in extra if name in fields}}


def _claim_order(field: ClaimField) -> tuple[str, str]:
    return (field.name, field.rule)


def _spaced(words: str) -> str:
    """Plain spaces: the no-break ones are for pages."""
    return words.replace("\u00a0", " ")
