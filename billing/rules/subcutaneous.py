"""Subcutaneous infusion: immune globulin by a pump, billed by the clock like an infusion into a vein."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.families import Family
from billing.outcomes import Finding, Outcome, Severity, notice
from billing.rules.acts import PUSH_MINUTES, act, later_hours, minutes_of
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of

CPT_PUMP = "CPT 96369-96371: subcutaneous infusion with its pump; 15 minutes or less is 96372"


def _is_short(stick: Stick) -> bool:
    minutes = minutes_of(stick)
    return minutes is not None and minutes <= PUSH_MINUTES


@rule(stage=Stage.DERIVE, applies=("route:SC-infusion",), cites=CPT_PUMP)
def pump_infusion(case: Case) -> Iterator[Outcome]:
    """An infusion under the skin by a pump: 96369, its later hours 96370.

    The first code is billed once, however many needles the pump feeds. What ran 15 minutes or less is an injection.
    """
    for nth, stick in enumerate(sticks_of(case.encounter, Family.SC_INFUSION)):
        minutes = minutes_of(stick)
        if _is_short(stick):
            yield act(case, stick, "96372", f"{stick.called} ran for {minutes} minutes: too short for an infusion")
            continue
        said = f"{stick.called} ran for {minutes} minutes" if minutes is not None else f"{stick.called} was infused"
        yield act(case, stick, "96371" if nth else "96369", said)
        if hours := later_hours(minutes):
            yield act(case, stick, "96370", said, part=1, units=hours)


@rule(stage=Stage.CHECK, applies=("route:SC-infusion",), cites=CPT_PUMP)
def pump_set_up_again(case: Case) -> Iterator[Finding]:
    """A pump that was set up a second time is billed with 96371.

    The first set-up with all its needles is part of 96369. Only the chart shows whether the pump was set up anew.
    """
    for stick in sticks_of(case.encounter, Family.SC_INFUSION)[:1]:
        if not _is_short(stick):
            yield notice(
                "Was the pump set up again at new sites?",
                about=stick.ids,
                because="96369 holds one set-up of the pump with all its needles",
                fix="If it was, add 96371 once for each further set-up",
                severity=Severity.INFO,
            )
