"""Reported: where codes, units and modifiers that somebody entered differ from what the chart leads to."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import DISTINCT, Case
from billing.codes import ADMINISTRATION, GUIDED_JOINTS, PROCEDURE_GROUPS, is_code, is_drug, is_visit
from billing.outcomes import Charge, Finding, Kind, Outcome, Withheld, claim_gap, notice
from billing.rules.rule import Stage, rule
from injections.facts import Service, known

NCCI_59 = "NCCI Policy Manual ch. I: 59 and the X modifiers never stand on a visit"
TWICE = "One act has one line: CARC 18, duplicate"
_SIDES = {"RT": "right", "LT": "left"}
GUIDANCE = "CPT note under 76942: never reported with 20600 to 20611 (as podiatry and orthopedic coders quote it)"
CODE_SHAPE = "CPT and HCPCS: five characters"
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
    """59 was reported on a visit, where only 25 can stand.

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


def _from_chart(case: Case, service: Service) -> tuple[Charge, ...]:
    """The lines that the chart leads to for the procedure that was reported; those of the other side do not count."""
    group = next((g for g in PROCEDURE_GROUPS if service.code in g), frozenset())
    acts = tuple(c for c in case.of(Kind.ADMINISTRATION) if c.code in group)
    sides = {_SIDES[m] for m in service.modifiers if m in _SIDES}
    return tuple(c for c in acts if not sides or not _charted_sides(case, c) or sides & _charted_sides(case, c))


def _charted_sides(case: Case, charge: Charge) -> set[str]:
    return {side for d in case.doses_of(charge) if (side := known(d.side))}


@rule(stage=Stage.ADJUST, applies=("services",), cites=TWICE)
def act_stands_already(case: Case) -> Iterator[Outcome]:
    """A procedure was reported that already follows from the charted dose.

    The chart knows the drug, the place and the side, so its line stays, and the reported one is the same act again.
    """
    for charge in case.of(Kind.SERVICE):
        service = case.encounter.services[int(charge.key.partition(":")[2])]
        acts = _from_chart(case, service)
        if acts:
            lead = ", ".join(dict.fromkeys(c.code for c in acts))
            said = f"the charted dose leads to {lead}: one act has one line"
            yield Withheld(charge.code, said, charge=charge, beside=tuple(c.key for c in acts))


@rule(stage=Stage.CHECK, applies=("services",), cites=TWICE)
def procedure_differs(case: Case) -> Iterator[Finding]:
    """Another procedure was reported than the charted dose leads to.

    Size of the joint, imaging or number of muscles: one of the two is wrong, and the claim has to match the chart.
    """
    for service in case.encounter.services:
        acts = _from_chart(case, service)
        codes = dict.fromkeys(c.code for c in acts)
        if acts and service.code not in codes:
            lead = ", ".join(codes)
            yield claim_gap(
                f"{service.code} was reported, and the chart leads to {lead}",
                because=acts[0].because,
                fix=f"Bill {lead}, or correct the chart",
                fields=("services",),
            )


@rule(stage=Stage.CHECK, applies=("services",), cites=GUIDANCE)
def guidance_of_a_joint(case: Case) -> Iterator[Finding]:
    """Ultrasound was reported by itself beside an injection into a joint.

    An injection under ultrasound has a code of its own that holds the guidance, where the picture was saved and a
    report written. Without them the injection stands alone.
    """
    day = dict.fromkeys([c.code for c in case.charges] + [line.code for line in case.context.same_day])
    for nth, service in enumerate(case.encounter.services):
        plain = next((code for code in day if code in GUIDED_JOINTS), None)
        if service.code == "76942" and plain and not DISTINCT & set(service.modifiers):
            yield claim_gap(
                f"76942 was reported beside {plain}; {GUIDED_JOINTS[plain]} holds both",
                because=f"76942 is never billed with {plain} for one joint",
                fix=f"Chart the ultrasound and bill {GUIDED_JOINTS[plain]} if its picture was saved and a report "
                "written; otherwise take 76942 away",
                fields=(f"services[{nth}].code",),
            )


@rule(stage=Stage.ADJUST, applies=("services",), cites=CODE_SHAPE)
def not_a_code(case: Case) -> Iterator[Outcome]:
    """What was reported is not a service code.

    A code has five characters: five digits, or a letter and four digits, or four digits and a letter. Anything else
    is no line of a claim.
    """
    charges = {charge.key: charge for charge in case.of(Kind.SERVICE)}
    for nth, service in enumerate(case.encounter.services):
        if not is_code(service.code):
            said = f"{service.code} is not a service code"
            yield Withheld(service.code, said, charge=charges.get(f"service:{nth}"))
            yield claim_gap(
                f'"{service.code}" is not a service code',
                because="a code has five characters, such as 99213 or G0439",
                fix="Correct the reported service",
                fields=(f"services[{nth}].code",),
            )
