"""The least that any choice of rules could bring an answer to: what is left when every silent rule is not asked.

Which rules speak is found beforehand, outside the time that is taken. No engine knows that; it is a limit, not a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from billing.engine import opened, spoken
from billing.reference import Reference
from billing.rules import CHOICE
from billing.rules.choice import Chosen
from injections.facts import Encounter
from tests.bench.visits import Asked


def silent(_: Encounter) -> tuple[()]:
    """In the place of the chart's checks: nothing is asked."""
    return ()


def open_all(visits: Iterable[Asked], reference: Reference) -> None:
    """Traits and drug lines, no rule."""
    for encounter, context in visits:
        opened(encounter, context, reference, silent)


def speaking_rules(visits: Iterable[Asked], reference: Reference) -> tuple[Chosen, ...]:
    """For each visit the rules that have something to say, stage by stage."""
    found = []
    for encounter, context in visits:
        case, stages = opened(encounter, context, reference, silent), []
        for chosen in CHOICE.for_case(case):
            stages.append(tuple(rule for rule in chosen if list(rule.says(case))))
            case = case.hear(spoken(case, chosen))
        found.append(tuple(stages))
    return tuple(found)


def ask_only(visits: Iterable[Asked], reference: Reference, speaking: Sequence[Chosen]) -> None:
    """Answer with those rules alone; the visits come round in the order of ``speaking``."""
    for place, (encounter, context) in enumerate(visits):
        case = opened(encounter, context, reference, silent)
        for chosen in speaking[place % len(speaking)]:
            case = case.hear(spoken(case, chosen))
