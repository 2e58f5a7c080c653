"""The drug side of a visit: which doses share a line, what went in, what was thrown away, and from which package."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from billing.families import Family, classes_of, family_of
from billing.portions import Portion, portions_of
from billing.practitioners import may_bill, responsible_for
from billing.units import whole
from injections.facts import Administration, Coding, Encounter, Source, SupervisionMode, known
from injections.facts.once import Remembering, once

NONE = Fraction(0)
#: the drug was nobody's cost here, or belongs to a service that holds it already
OTHERS = frozenset(Source) - {Source.STOCK}


@dataclass(frozen=True, slots=True)
class Supply(Remembering):
    """One drug line in the making: portions with one code from one package, of doses that stand or fall together."""

    key: str
    coding: Coding
    portions: tuple[Portion, ...]
    units: int

    @property
    @once
    def doses(self) -> tuple[Administration, ...]:
        return tuple({p.dose.id: p.dose for p in self.portions}.values())

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(d.id for d in self.doses)

    @property
    @once
    def given(self) -> Fraction:
        return _total(p.given for p in self.portions)

    @property
    def single_dose(self) -> bool | None:
        """``True`` and ``False`` where all containers agree or a multi-dose vial is among them, else not known."""
        said = {p.single_dose for p in self.portions}
        return None if None in said else said == {True}

    @property
    @once
    def wasted(self) -> Fraction | None:
        """What single-dose containers lost, in billing units; ``None`` while any of it is not charted."""
        lost = [p.wasted for p in self.portions if p.single_dose]
        return None if None in lost else _total(w for w in lost if w is not None)

    @property
    @once
    def waste_units(self) -> int:
        """Whole units thrown away beside the units given: rounding up the dose may already have paid for them."""
        if self.wasted is None or self.coding.amount is None:
            return 0
        together = int(self.given + self.wasted)
        held = [p.holds for p in self.portions]
        if None not in held:
            together = min(together, int(sum((h for h in held if h is not None), Fraction(0))))
        return max(0, together - self.units)

    def diagnoses(self, encounter: Encounter) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for d in self.doses for c in encounter.diagnoses_of(d)))


def is_separate(dose: Administration, encounter: Encounter) -> bool:
    """Whether the drug could have a line of its own at all."""
    found = _separate(encounter).get(id(dose))
    return found if found is not None else _is_separate(dose, encounter)


@once
def _separate(encounter: Encounter) -> dict[int, bool]:
    """The answer for each dose of the visit, by the dose itself."""
    return {id(dose): _is_separate(dose, encounter) for dose in encounter.administrations}


def _is_separate(dose: Administration, encounter: Encounter) -> bool:
    if dose.product is not None and dose.product.never_separately_billed:
        return False
    family = family_of(dose, encounter)
    by_mouth = family is Family.NO_NEEDLE and "vaccine" not in classes_of(dose)
    return family not in _ASIDE and not by_mouth and not dose.self_given


#: families whose drug belongs to another service
_ASIDE = (Family.NUMBING, Family.FLUSH, Family.SKIN_TEST, Family.PLATELETS)


def is_ours(dose: Administration) -> bool:
    """Whether the practice paid for the drug."""
    return known(dose.source) not in OTHERS


def supplies_of(encounter: Encounter, payer_kind: str) -> tuple[Supply, ...]:
    """The drug lines of a visit, in the order of its doses."""
    codes: dict[tuple[str, Hashable], list[Portion]] = {}
    alone = len(encounter.doses_given) == 1
    for dose in encounter.doses_given:
        if is_separate(dose, encounter) and is_ours(dose):
            apart = None if alone else standing(dose, encounter)
            for portion in portions_of(dose, encounter.date, payer_kind):
                codes.setdefault((portion.coding.code, apart), []).append(portion)
    return tuple(s for portions in codes.values() for s in _by_package(portions))


def standing(dose: Administration, encounter: Encounter) -> Hashable:
    """All by which two doses of one drug may fare differently on a claim; equal ones may share a line."""
    expires = known(dose.expires)
    late = expires is not None and expires < encounter.date
    return (encounter.supervision_of(dose), late, dose.recalled, dose.acquired_340b, _answers(dose, encounter))


def _answers(dose: Administration, encounter: Encounter) -> Hashable:
    """Whose hand it was, where that matters to the claim: under one supervisor in the suite all staff are alike."""
    giver, supervised = known(dose.given_by), known(encounter.supervision_of(dose))
    if supervised is None or supervised.mode is not SupervisionMode.IN_SUITE or not may_bill(supervised.clinician):
        return giver
    return None if responsible_for(dose, encounter) == supervised.clinician else giver


def _by_package(portions: list[Portion]) -> Iterator[Supply]:
    """One line for each package; the whole units of all lines together are those of the whole dose."""
    packages: dict[str, list[Portion]] = {}
    for portion in portions:
        packages.setdefault(portion.ndc or "", []).append(portion)
    given, billed = NONE, 0
    for place, (ndc, same) in enumerate(packages.items()):
        given = _total([p.given for p in same], given)
        units = whole(given) - billed
        billed += units
        key = f"drug:{same[0].coding.code}:{place:02}:{ndc}:{min([p.dose.id for p in same])}"
        if units:
            yield Supply(key, same[0].coding, tuple(same), units)


def _total(parts: Iterable[Fraction], start: Fraction = NONE) -> Fraction:
    """The sum; nothing is added to nothing, because adding fractions is slow."""
    for part in parts:
        start = start + part if start else part
    return start
