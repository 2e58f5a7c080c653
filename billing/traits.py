"""What stands out about a case, in words: by them those rules are picked that could have anything to say.

To the words of the chart come the drug's classes, the families of the acts by name, what the context tells, and what
the drug lines leave open. Words say less than the facts do, so they can pick and never decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import compress
from operator import attrgetter

from billing.codes import undotted
from billing.context import BillingContext
from billing.families import PROCEDURES, classes_of, family_of, route_of
from billing.portions import code_of
from billing.practitioners import credentials, may_bill, scope_for
from billing.reference.products import joins
from billing.supply import Supply
from billing.units import Unclear
from injections.checks import traits as chart
from injections.facts import ASSUMED, Administration, Encounter, known
from injections.facts.alike import in_itself
from injections.facts.once import once_for

_CONTEXT = (
    *("authorizations", "authorization_required", "same_day", "abn", "restricted_disclosure", "global_period"),
    *("filing", "eligibility", "pharmacy_benefit"),
)
_of_context = attrgetter(*_CONTEXT)


def traits_of(encounter: Encounter, context: BillingContext, supplies: tuple[Supply, ...]) -> frozenset[str]:
    """The words for a visit, its doses, its drug lines and what is agreed with the payer."""
    words = set(compress(_CONTEXT, map(bool, _of_context(context))))
    for dose in encounter.administrations:
        words |= classes_of(dose)
        words |= _of_diagnoses(encounter.diagnoses_of(dose))
        words |= _of_kind(in_itself(dose), _same_codes_since(dose, encounter.date), context.payer.kind)
        words.update(_of_dose(dose, encounter))
    if not context.payer.key:
        words.add("no payer")
    if "administration-codes" in context.payer.on(encounter.date).wanted:
        words.add("own administration codes")
    for supply in supplies:
        for portion in supply.portions:
            if portion.single_dose:
                words.add("single-dose container")
            if portion.vial.single_dose is None:
                words.add("container not known")
    return chart.traits_of(encounter) | words


@lru_cache(maxsize=4096)
def _of_diagnoses(diagnoses: tuple[str, ...]) -> frozenset[str]:
    """The chapter of each diagnosis, and its first three characters."""
    return frozenset(f"diagnosis:{undotted(code)[:length]}" for code in diagnoses for length in (1, 3))


def _same_codes_since(dose: Administration, day: date) -> date:
    return dose.product.same_codes_since(day) if dose.product is not None else date.min


@once_for
def _of_kind(dose: Administration, day: date, payer_kind: str) -> frozenset[str]:
    """Words for drug, amount, route and vial: once for all doses that are alike in them."""
    return frozenset((*_of_package_and_name(dose), *_of_code(dose, day, payer_kind)))


def _of_package_and_name(dose: Administration) -> Iterator[str]:
    if not known(dose.ndc):
        yield "ndc not known"
    if dose.vial_assumed or dose.discarded is ASSUMED:
        yield "discard assumed"
    if dose.claimed_hcpcs:
        yield dose.claimed_hcpcs.upper()
        if dose.claimed_hcpcs.strip().upper().startswith("C"):
            yield "code of a hospital"
    if dose.drug and joins(dose.drug):
        yield "joined name"


def _of_code(dose: Administration, day: date, payer_kind: str) -> Iterator[str]:
    if dose.product is None:
        return
    found = code_of(dose, day, payer_kind)
    if found is None:
        yield "no code"
    elif isinstance(found, Unclear):
        yield "code unclear"
    else:
        yield found.coding.code
    if len(dose.product.codings) > 1:
        yield "several codes"


def _of_dose(dose: Administration, encounter: Encounter) -> Iterator[str]:
    family = family_of(dose, encounter)
    yield family.name
    if family in PROCEDURES:
        yield "procedure"
    route = route_of(dose)
    if route:
        yield f"route:{route}"
    stated = known(encounter.supervision_of(dose))
    if stated is not None and credentials(stated.clinician) and not may_bill(stated.clinician):
        yield "supervisor cannot bill"
    scope = scope_for(dose, encounter) if dose.was_given else None
    if scope is not None:
        yield f"scope:{scope.verdict.name}"
