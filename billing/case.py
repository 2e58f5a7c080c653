"""One visit on its way to a bill, and how the words of many rules become one answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from billing.context import BillingContext
from billing.families import classes_of, route_of
from billing.outcomes import Charge, ClaimField, Finding, Kind, Modifier, Outcome, Repeat, Withheld
from billing.reference import View
from billing.reference.payers import PayerValue
from billing.supply import Supply
from injections.facts import Administration, Encounter

#: modifiers by which a payer hears that two lines are two acts; the general one gives way to its family
DISTINCT = frozenset({"59", "XE", "XP", "XS", "XU"})
#: intravenous and limb codes that are added to a first one, and stand after it on the claim
AFTER_THE_FIRST = frozenset("64643 64645 96361 96366 96367 96368 96375 96411 96415 96417".split())


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A check that could not be made, because its table is absent or too old for the date of service."""

    check: str
    because: str


@dataclass(frozen=True, slots=True)
class Case:
    """Encounter, context and reference on the date of service, and what the rules have said so far.

    ``traits`` and ``supplies`` are worked out once, because nearly every rule asks for them.
    """

    encounter: Encounter
    context: BillingContext
    reference: View
    charges: tuple[Charge, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    claim: tuple[ClaimField, ...] = ()
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    traits: frozenset[str] = frozenset()
    supplies: tuple[Supply, ...] = ()

    @property
    def day(self) -> date:
        return self.encounter.date

    @property
    def doses(self) -> tuple[Administration, ...]:
        """The doses of which anything entered the patient."""
        return self.encounter.doses_given

    @property
    def billable(self) -> bool:
        """Whether nothing holds up the signature or the claim."""
        return all(f.blocks == "nothing" for f in self.findings)

    def wants(self, demand: str) -> PayerValue | None:
        return self.context.payer.wants(demand, self.day)

    def dose(self, id: str) -> Administration:
        return next(a for a in self.encounter.administrations if a.id == id)

    def doses_of(self, charge: Charge) -> tuple[Administration, ...]:
        return tuple(self.dose(i) for i in charge.administrations)

    def of(self, *kinds: Kind) -> tuple[Charge, ...]:
        return tuple(c for c in self.charges if c.kind in kinds)

    def hear(self, outcomes: Iterable[Outcome]) -> Case:
        """The case after a stage: new charges join, said things settle on the charges they are about."""
        said = tuple(outcomes)
        charges = tuple(o for o in said if isinstance(o, Charge))
        joined = replace(
            self,
            charges=_in_claim_order((*self.charges, *charges), self.encounter),
            withheld=self.withheld + tuple(o for o in said if isinstance(o, Withheld)),
            claim=self.claim + tuple(o for o in said if isinstance(o, ClaimField)),
            findings=self.findings + tuple(o for o in said if isinstance(o, Finding)),
        )
        return joined.settle(said)

    def settle(self, said: Iterable[Outcome]) -> Case:
        """Apply what was said about charges, in one fixed order, so that the order of rules cannot matter.

        1. What is withheld leaves, first outright, then because of a line that stays. 2. Repeats are told apart the
        payer's way. 3. Modifiers are added, once each; of the distinct-act family only the payer's choice stays.
        """
        outcomes = sorted(said, key=repr)
        staying = _after_withholding(self.charges, [o for o in outcomes if isinstance(o, Withheld)])
        kept = {c.key for c in staying}
        spoken = tuple(w for w in self.withheld if _still_true(w, kept))
        modifiers = [m for m in outcomes if isinstance(m, Modifier) and _still_needed(m, kept)]
        repeats = [r for r in outcomes if isinstance(r, Repeat)]
        told_apart = _told_apart(staying, repeats)
        return replace(self, charges=tuple(self._modified(c, modifiers) for c in told_apart), withheld=spoken)

    def _modified(self, charge: Charge, modifiers: list[Modifier]) -> Charge:
        codes = [*charge.modifiers, *(m.code for m in modifiers if m.charge.key == charge.key)]
        family = self.wants("distinct-modifiers")
        if DISTINCT & set(codes) and family == "59":
            codes = ["59" if c in DISTINCT else c for c in codes]
        elif len(DISTINCT & set(codes)) > 1:
            specific = min((DISTINCT & set(codes)) - {"59"})
            codes = [c for c in codes if c not in DISTINCT] + [specific]
        ordered = sorted(dict.fromkeys(codes), key=lambda c: (_rank(c), codes.index(c)))
        return replace(charge, modifiers=tuple(ordered))


def traits_of(encounter: Encounter) -> frozenset[str]:
    """The words by which rules are picked beforehand: drug classes, routes, and whether there are other services."""
    words: set[str] = {"services"} if encounter.services else set()
    for dose in encounter.administrations:
        words |= classes_of(dose)
        route = route_of(dose)
        words |= {f"route:{route}"} if route else set()
    return frozenset(words | ({"doses"} if encounter.administrations else set()))


def _in_claim_order(charges: tuple[Charge, ...], encounter: Encounter) -> tuple[Charge, ...]:
    place = {a.id: n for n, a in enumerate(encounter.administrations)}
    drugs = (Kind.DRUG, Kind.WASTE)

    def order(charge: Charge) -> tuple[int, bool, int, int, str]:
        first = min((place.get(i, 0) for i in charge.administrations), default=0)
        group = 2 if charge.kind in drugs else list(Kind).index(charge.kind)
        return (group, charge.code in AFTER_THE_FIRST, first, list(Kind).index(charge.kind), charge.key)

    return tuple(sorted(charges, key=order))


def _after_withholding(charges: tuple[Charge, ...], withheld: list[Withheld]) -> tuple[Charge, ...]:
    outright = {w.charge.key for w in withheld if w.charge and not w.beside}
    staying = tuple(c for c in charges if c.key not in outright)
    kept = {c.key for c in staying}
    because_of_others = {w.charge.key for w in withheld if w.charge and w.beside and kept & set(w.beside)}
    return tuple(c for c in staying if c.key not in because_of_others)


def _still_true(withheld: Withheld, kept: set[str]) -> bool:
    """A line that another one pushed out is spoken of only when it did go."""
    return not withheld.beside or withheld.charge is None or withheld.charge.key not in kept


def _still_needed(modifier: Modifier, kept: set[str]) -> bool:
    return not modifier.beside or bool(kept & set(modifier.beside))


def _told_apart(charges: tuple[Charge, ...], repeats: list[Repeat]) -> tuple[Charge, ...]:
    for repeat in repeats:
        keys = [c.key for c in repeat.charges]
        charges = tuple(_one_way(charges, keys, repeat.way))
    return charges


def _one_way(charges: tuple[Charge, ...], keys: list[str], way: str) -> Iterator[Charge]:
    staying = [c for c in charges if c.key in keys]
    for charge in charges:
        if charge not in staying or len(staying) < 2:
            yield charge
        elif way == "units":
            if charge is staying[0]:
                yield _counted_together(staying)
        elif way == "50":
            if charge is staying[0]:
                yield replace(_counted_together(staying), units=1, modifiers=(*charge.modifiers, "50"))
        elif charge is staying[0]:
            yield charge
        else:
            yield replace(charge, modifiers=(*charge.modifiers, way))


def _counted_together(charges: list[Charge]) -> Charge:
    return replace(
        charges[0],
        units=sum(c.units for c in charges),
        administrations=tuple(dict.fromkeys(i for c in charges for i in c.administrations)),
        diagnoses=tuple(dict.fromkeys(d for c in charges for d in c.diagnoses)),
        because="; ".join(dict.fromkeys(c.because for c in charges)),
    )


def _rank(code: str) -> int:
    """Modifiers that change the payment stand first, then those that inform, then the side."""
    if code in DISTINCT or code in {"24", "25", "50", "76", "77", "78", "79", "JW", "JZ"}:
        return 0
    return 2 if code in {"RT", "LT"} else 1
