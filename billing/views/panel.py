"""The charges beside the chart, worked out while it is written. Charting never waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from billing.actions.review import preview
from billing.actions.trouble import tell
from billing.case import Case
from billing.loading import directory
from billing.outcomes import Charge, Finding, Kind
from billing.payment import expected_payment
from billing.words import OWNERS, rule_title
from injections.facts import known
from injections.policy import may, requires

#: what a chart of a dose needs, for the page that has nothing to show yet
CHECKLIST = (
    "the vial: drug, lot and expiry",
    "who the patient is, allergies and the order",
    "the injection site",
    "how the patient took it",
    "what was left in the vial",
)

#: facts that the claim needs and the chart asks for below its steps -> the control
FIELDS = {"labs": "id_labs", "diagnoses": "id_diagnoses", "given_by": "id_given_by", "supervision": "id_supervisor"}


@dataclass(frozen=True)
class Line:
    """One line as the panel shows it. ``expected`` and ``rule`` are for those who bill."""

    charge: Charge
    what: str
    waits: bool
    title: str
    expected: Decimal | None


@requires("charges.preview")
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment. With ``?draft=`` it counts what is being charted as signed."""
    encounters = apps.get_model("injections", "Encounter").objects.for_user(request.user)
    related = ("patient", "location", "practice", "coverage")
    encounter = get_object_or_404(encounters.select_related(*related), pk=pk)
    draft = encounter.drafts.filter(pk=chosen(request)).select_related("author", "encounter__practice").first()
    try:
        with transaction.atomic():
            case = preview(encounter, draft)
            listed = directory.named(case.encounter)
    except Exception as problem:
        tell(problem)
        return render(request, "billing/_panel.html", {"down": True, "charting": draft is not None})
    shown = told(case, charting=draft is not None, billing=bills(request))
    return render(request, "billing/_panel.html", {**shown, "directory": listed})


def chosen(request: HttpRequest) -> int:
    text = request.GET.get("draft", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def bills(request: HttpRequest) -> bool:
    """Whether this person may see money and payers' rules."""
    return may(request.user, "charges.review")


def told(case: Case, *, charting: bool, billing: bool) -> dict[str, Any]:
    """What the fragment says. What the nurse has left to do stands above it on the page of the chart."""
    open_gaps = [f for f in case.findings if f.blocks != "nothing"]
    others = [f for f in open_gaps if not (charting and f.blocks == "sign-off" and f.owner == "nurse")]
    now = [f for f in others if charting and f.owner == "nurse"]
    lines = [line(case, charge, open_gaps) for charge in case.charges]
    return {
        "billing": billing,
        "charting": charting,
        "payer": case.context.payer,
        "now": [(f, next(filter(None, map(FIELDS.get, f.fields)), "")) for f in now if not _vial_comes(case, f)],
        "others": [{"finding": f, "waits_for": OWNERS[f.owner]} for f in others if f not in now],
        "lines": lines,
        "waiting": sum(shown.waits for shown in lines),
        "not_billed": {(w.what, w.because): w for w in case.withheld}.values(),
        "unchecked": case.unchecked if billing else (),
        "checklist": () if case.doses or case.charges or case.withheld else CHECKLIST,
    }


def _vial_comes(case: Case, finding: Finding) -> bool:
    """What the label says is asked for already while no vial is in hand."""
    in_hand = any(dose.package or known(dose.lot) or known(dose.ndc) for dose in case.doses)
    return not in_hand and any(name.startswith("package.") for name in finding.fields)


def line(case: Case, charge: Charge, gaps: list[Finding]) -> Line:
    about = set(charge.administrations)
    waits = any(not gap.administrations or about & set(gap.administrations) for gap in gaps)
    return Line(charge, what(case, charge), waits, rule_title(charge.rule), expected_payment(case, charge))


def what(case: Case, charge: Charge) -> str:
    """The line in our own words: the drug, or giving it."""
    drugs = ", ".join(dict.fromkeys(dose.called for dose in case.doses_of(charge)))
    if charge.kind is Kind.DRUG:
        return drugs
    if charge.kind is Kind.WASTE:
        return f"{drugs}, thrown away"
    return f"Giving {drugs}" if charge.kind is Kind.ADMINISTRATION and drugs else "Service of this visit"
