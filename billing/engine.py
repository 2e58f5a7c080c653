"""The one derivation path: a visit, what is agreed with the payer, and the reference in; a settled case out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from billing.case import Case, Unchecked, traits_of
from billing.context import BillingContext
from billing.outcomes import Outcome
from billing.reference import Reference
from billing.rules import CHECKED_AGAINST, RULEBOOK
from billing.rules.rule import Rule, Stage
from billing.supply import supplies_of
from injections.checks import examine
from injections.facts import Encounter
from injections.findings import Finding

Examine = Callable[[Encounter], Sequence[Finding]]


def review(
    encounter: Encounter,
    context: BillingContext,
    reference: Reference,
    *,
    rules: Sequence[Rule] = RULEBOOK,
    preselect: bool = True,
    examine: Examine = examine,
) -> Case:
    """Derive, adjust, check. A rule that raises is the caller's to catch: a half answer must never look whole."""
    view = reference.on(encounter.date)
    supplies = supplies_of(encounter, context.payer.kind)
    case = Case(encounter, context, view, traits=traits_of(encounter), supplies=supplies)
    case = replace(case, findings=tuple(examine(encounter)), unchecked=tuple(_unchecked(case)))
    for stage in Stage:
        case = case.hear(_spoken(case, stage, rules, preselect))
    return replace(case, findings=tuple(sorted(case.findings, key=_by_weight)))


def _spoken(case: Case, stage: Stage, rules: Sequence[Rule], preselect: bool) -> Iterator[Outcome]:
    """Everything that the rules of a stage say; none of them sees what another said."""
    for rule in rules:
        if rule.stage is stage and (rule.concerns(case) if preselect else _demanded(rule, case)):
            for outcome in rule.says(case):
                yield replace(outcome, rule=rule.name, source=outcome.source or rule.cites)


def _demanded(rule: Rule, case: Case) -> bool:
    return replace(rule, applies=frozenset()).concerns(case)


def _unchecked(case: Case) -> Iterator[Unchecked]:
    for check, table, demand in CHECKED_AGAINST:
        because = case.reference.unspoken(table)
        if because and (demand is None or case.wants(demand) is not None):
            yield Unchecked(check, because)
    if case.context.locality and case.wants("fee-schedule") is not None:
        because = case.reference.no_local_amounts(case.context.locality)
        if because:
            yield Unchecked("locality", because)


def _by_weight(finding: Finding) -> tuple[int, str, str, tuple[str, ...]]:
    weight = ["critical", "warning", "info"].index(finding.severity)
    return (weight, finding.rule, finding.summary, finding.administrations)
