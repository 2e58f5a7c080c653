"""Reported: where codes, units and modifiers that somebody entered differ from what the chart leads to."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import DISTINCT, Case
from billing.codes import ADMINISTRATION, is_drug, is_visit
from billing.outcomes import Finding, claim_gap, notice
from billing.rules.rule import Stage, rule

NCCI_59 = "NCCI Policy Manual ch. I: 59 and the X modifiers never stand on a visit"
CARC_222 = "CARC 222, 151: more units than the record supports"


@rule(stage=Stage.CHECK, applies=("services",), cites=CARC_222)
def units_differ(case: Case) -> Iterator[Finding]:
    """Other units were reported than the chart leads to.

    The claim carries what the chart shows, so the difference has to be cleared up in the chart first.
    """
    for service in case.encounter.services:
        derived = sum(c.units for c in case.charges if c.code == service.code)
        counted = service.code in ADMINISTRATION or is_drug(service.code)
        if counted and case.encounter.administrations and derived and derived != service.units:
            yield claim_gap(
                f"{service.code} was reported with other units than the chart shows",
                because=f"{service.units} reported, {derived} charted",
                fix="Bill what is charted, or correct the chart",
                fields=("services",),
            )


@rule(stage=Stage.CHECK, applies=("services",), cites=NCCI_59)
def distinct_on_visit(case: Case) -> Iterator[Finding]:
    """59 was reported on a visit, where only 25 can say that it stands for itself.

    59 tells two procedures apart. A visit is none, so the payer rejects the line.
    """
    for service in case.encounter.services:
        wrong = sorted(DISTINCT & set(service.modifiers))
        if wrong and is_visit(service.code):
            yield notice(
                f"{', '.join(wrong)} does not stand on a visit; we left it out",
                because=f"{service.code} was reported with {', '.join(service.modifiers)}",
                fix="Report 25 where the visit stands for itself",
                fields=("services",),
            )
