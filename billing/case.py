"""One visit on its way to a bill, and how the words of many rules become one answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from billing.context import BillingContext
from billing.outcomes import Charge, ClaimField, Finding, Kind, Modifier, Outcome, Repeat, Withheld
from billing.reference import View
from billing.reference.payers import PayerValue, Terms
from billing.supply import Supply
from injections.facts import Administration, Encounter
from injections.facts.once import Remembering, once, once_for

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
class Case(Remembering):
    """Encounter, context and reference on the date of service, and what the rules have said so far.

    ``terms`` is what the payer wants on that day; ``traits`` are the words by which rules are picked beforehand, and
    ``supplies`` the drug lines in the making. They are worked out once, because nearly every rule asks for them.
    """

    encounter: Encounter
    context: BillingContext
    reference: View
    terms: Terms
    traits: frozenset[str]
    supplies: tuple[Supply, ...]
    unchecked: tuple[Unchecked, ...] = ()
    charges: tuple[Charge, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    claim: tuple[ClaimField, ...] = ()
    findings: tuple[Finding, ...] = ()

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
        return self.terms.values.get(demand)

    def dose(self, id: str) -> Administration:
        return _by_id(self.encounter)[id]

    def doses_of(self, charge: Charge) -> tuple[Administration, ...]:
        doses = _by_id(self.encounter)
        return tuple([doses[i] for i in charge.administrations])

    @once_for
    def of(self, *kinds: Kind) -> tuple[Charge, ...]:
        return tuple([c for c in self.charges if c.kind in kinds])

    def hear(self, outcomes: Iterable[Outcome]) -> Case:
        """The case after a stage: new charges join, said things settle on the charges they are about."""
        said = Said()
        for outcome in outcomes:
            said.setdefault(type(outcome), []).append(outcome)
        withheld = (*self.withheld, *said[Withheld])
        charges = self.charges
        if Charge in said:
            charges = _in_claim_order((*charges, *said[Charge]), self.encounter)
        if not said.keys().isdisjoint(_ABOUT_LINES):
            charges, withheld = self._settled(charges, withheld, said)
        return self.after(charges, withheld, (*self.claim, *said[ClaimField]), (*self.findings, *said[Finding]))

    def after(
        self,
        charges: tuple[Charge, ...],
        withheld: tuple[Withheld, ...],
        claim: tuple[ClaimField, ...],
        findings: tuple[Finding, ...],
    ) -> Case:
        """The same visit with what was said about it by now."""
        known = (self.encounter, self.context, self.reference, self.terms, self.traits, self.supplies, self.unchecked)
        return Case(*known, charges, withheld, claim, findings)

    def _settled(
        self, charges: tuple[Charge, ...], withheld: tuple[Withheld, ...], said: Said
    ) -> tuple[tuple[Charge, ...], tuple[Withheld, ...]]:
        """Apply what was said about charges, in one fixed order, so that the order of rules cannot matter.

        1. What is withheld leaves, first outright, then because of a line that stays. 2. Repeats are told apart the
        payer's way. 3. Modifiers are added, once each; of the distinct-act family only the payer's choice stays.
        """
        staying = _after_withholding(charges, said[Withheld])
        kept = {c.key for c in staying}
        modifiers = [m for m in _in_one_order(said[Modifier]) if _still_needed(m, kept)]
        told_apart = _told_apart(staying, _in_one_order(said[Repeat]))
        modified = tuple([self._modified(c, modifiers) for c in told_apart])
        return modified, tuple([w for w in withheld if _still_true(w, kept)])

    def _modified(self, charge: Charge, modifiers: list[Modifier]) -> Charge:
        codes = [*charge.modifiers, *[m.code for m in modifiers if m.charge.key == charge.key]]
        if not codes:
            return charge
        if DISTINCT & set(codes) and self.wants("distinct-modifiers") == "59":
            codes = ["59" if c in DISTINCT - _ways(str(self.wants("repeat-injections"))) else c for c in codes]
        if len(DISTINCT & set(codes)) > 1:
            specific = min((DISTINCT & set(codes)) - {"59"})
            codes = [c for c in codes if c not in DISTINCT] + [specific]
        ordered = sorted(dict.fromkeys(codes), key=lambda c: (_rank(c), codes.index(c)))
        return replace(charge, modifiers=tuple(ordered))


def _ways(repeats: str) -> frozenset[str]:
    """The exact signs that the payer itself wants on a repeat, its form for another practitioner among them."""
    return frozenset({repeats, "XP"}) if repeats.startswith("X") else frozenset()


class Said(dict[type, list[Any]]):
    """What the rules of one stage said, by what it is."""

    def __missing__(self, kind: type) -> list[Any]:
        return []


#: what may change the lines
_ABOUT_LINES = (Charge, Withheld, Modifier, Repeat)


def _in_one_order(said: list[Any]) -> list[Any]:
    """By what was said, whichever rule spoke first."""
    return sorted(said, key=repr) if len(said) > 1 else said


@once
def _by_id(encounter: Encounter) -> dict[str, Administration]:
    """The doses by id; of two with one id, which only a mistake can make, the first."""
    return {dose.id: dose for dose in reversed(encounter.administrations)}


#: the order of lines on the claim: drug and waste together
_KINDS = {kind: place for place, kind in enumerate(Kind)}
_GROUPS = {**_KINDS, Kind.WASTE: _KINDS[Kind.DRUG]}


def _in_claim_order(charges: tuple[Charge, ...], encounter: Encounter) -> tuple[Charge, ...]:
    place = {a.id: n for n, a in enumerate(encounter.administrations)}

    def order(charge: Charge) -> tuple[int, bool, int, int, str]:
        first = min([place.get(i, 0) for i in charge.administrations], default=0)
        return (_GROUPS[charge.kind], charge.code in AFTER_THE_FIRST, first, _KINDS[charge.kind], charge.key)

    return tuple(sorted(charges, key=order))


def _after_withholding(charges: tuple[Charge, ...], withheld: list[Withheld]) -> tuple[Charge, ...]:
    if not withheld:
        return charges
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
    """Modifiers that change the payment stand first, both sides before all; then those that inform, then the side."""
    if code == "50":
        return -1
    if code in DISTINCT or code in {"24", "25", "76", "77", "78", "79", "JW", "JZ"}:
        return 0
    return 2 if code in {"RT", "LT"} else 1
