"""The one derivation path: a visit, what is agreed with the payer, and the reference in; a settled case out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from billing.case import Case, Unchecked
from billing.codes import is_code
from billing.context import BillingContext
from billing.outcomes import Outcome, signed
from billing.reference import Reference, View
from billing.reference.diagnoses import FIRST_DAY
from billing.reference.payers import Terms
from billing.rules import CHECKED_AGAINST, CHOICE, RULEBOOK
from billing.rules.choice import Choice
from billing.rules.rule import Rule
from billing.supply import supplies_of
from billing.traits import traits_of
from injections.checks import examine
from injections.facts import Encounter
from injections.facts.once import once_for
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
    case = opened(encounter, context, reference, examine)
    choice = CHOICE if rules is RULEBOOK else Choice(rules)
    for chosen in choice.for_case(case) if preselect else choice.all_for_case(case):
        case = case.hear(spoken(case, chosen))
    return case.after(case.charges, case.withheld, case.claim, tuple(sorted(case.findings, key=_by_weight)))


def opened(encounter: Encounter, context: BillingContext, reference: Reference, examine: Examine) -> Case:
    """The case before any rule of the bill has spoken: the facts, and what the chart's own checks found."""
    view, terms = reference.on(encounter.date), context.payer.on(encounter.date)
    supplies = supplies_of(encounter, context.payer.kind)
    traits = traits_of(encounter, context, supplies)
    unchecked = (*_unchecked(view, terms, context.locality), *_not_in_tables(view, encounter, context))
    return Case(encounter, context, view, terms, traits, supplies, unchecked, findings=tuple(examine(encounter)))


def spoken(case: Case, rules: Sequence[Rule]) -> Iterator[Outcome]:
    """Everything that the rules of a stage say; none of them sees what another said."""
    for rule in rules:
        for outcome in rule.says(case):
            yield signed(outcome, rule.name, rule.cites)


def _unchecked(view: View, terms: Terms, locality: str | None) -> Iterator[Unchecked]:
    yield from _without_table(view, terms.wanted)
    if locality and "fee-schedule" in terms.wanted:
        because = view.no_local_amounts(locality)
        if because:
            yield Unchecked("locality", because)


@once_for
def _without_table(view: View, wanted: frozenset[str]) -> tuple[Unchecked, ...]:
    """The checks that no table speaks for on the day, of those that the payer's demands make matter."""
    asked = (
        (check, view.unspoken(table)) for check, table, demand in CHECKED_AGAINST if not demand or demand in wanted
    )
    return tuple(Unchecked(check, because) for check, because in asked if because)


def _not_in_tables(view: View, encounter: Encounter, context: BillingContext) -> Iterator[Unchecked]:
    """Reported codes of which nobody can say whether they were in use: no list of CPT codes is free to be carried."""
    told = dict.fromkeys([*(s.code for s in encounter.services), *(line.code for line in context.same_day)])
    unknown = [code for code in told if is_code(code) and not view.names(code) and view.replacement(code) is None]
    if unknown:
        yield Unchecked("codes in use on the day", f"no loaded table has {', '.join(unknown)}")
    if encounter.date < FIRST_DAY:
        yield Unchecked("diagnoses", "before 1 Oct 2015 they are codes of ICD-9-CM, which we do not judge")


#: the loudest first
_WEIGHTS = ("critical", "warning", "info")


def _by_weight(finding: Finding) -> tuple[int, str, str, tuple[str, ...]]:
    return (_WEIGHTS.index(finding.severity), finding.rule, finding.summary, finding.administrations)
