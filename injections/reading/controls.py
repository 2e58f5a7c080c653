"""Where on the charting page a finding leads: to the control that answers it, or to the room for a reason."""

from __future__ import annotations

import re

from injections.entries.reasons import EXPLAINED
from injections.findings import Finding, Gate

#: fact -> the id of the control where it is charted
CONTROLS = {
    "drug": "id_scan",
    "source": "id_scan",
    "volume": "id_dose",
    "lot": "id_lot",
    "expires": "id_expires",
    "ndc": "id_ndc",
    "package.single_dose": "id_container_kind_0",
    "manufacturer": "id_manufacturer",
    "identity_checked": "id_checks",
    "allergies_checked": "id_checks",
    "site": "id_site_0",
    "side": "id_site_0",
    "route": "id_route_0",
    "consent": "id_consent_0",
    "response": "id_response_0",
    "supervision": "id_supervisor",
    "supervision.mode": "id_supervisor",
    "dose_change_reason": "id_dose_change_reason",
    "not_given_reason": "id_not_given_reason_0",
}
#: beginnings of facts that stand on other pages: here only a reason can be said
NOT_HERE = ("patient.", "order.", "supervision.", "given_by.")
PART = re.compile(r"(?P<of>containers|split\.sites)\[(?P<at>\d)\]\.(?P<name>\w+)")


def is_stop(finding: Finding) -> bool:
    """An act that must not happen as it stands. A question that nobody has asked yet is only left to do."""
    asks = any(name.startswith("screening.") for name in finding.fields)
    return finding.gate is Gate.GIVING and not (asks and finding.rule.endswith("question_unanswered"))


def control_of(finding: Finding) -> str:
    """Where a link from the finding leads."""
    if is_stop(finding) or (finding.rule in EXPLAINED and finding.fields[0].startswith(NOT_HERE)):
        return f"id_waive.{finding.rule}"
    for name in map(_on_page, finding.fields):
        if name.startswith("screening."):
            return f"id_{name}_0"
        if name in CONTROLS:
            return CONTROLS[name]
    name = _on_page(finding.fields[0]) if finding.fields else ""
    return f"id_{name}" if name else "id_scan"


def _on_page(fact: str) -> str:
    """The name of the field for a fact of one of several vials or sites, and of any other."""
    part = PART.fullmatch(fact)
    if part is None:
        return fact.replace("split.reason", "split_reason")
    kind, place, name = part["of"], int(part["at"]) + 1, part["name"]
    if kind == "split.sites":
        return "site" if place == 1 else f"site{place}"
    return name if place == 1 else f"vial{place}.{name}"
