"""The drug side of a visit: which doses share a line, what went in, what was thrown away, and from which package."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from billing.assumed_vials import assumed_single_dose
from billing.families import Family, classes_of, family_of
from billing.outcomes import NdcLine
from billing.practitioners import may_bill, responsible_for
from billing.reference.payers import PayerValue
from billing.units import (
    Coded,
    Unclear,
    coded,
    content,
    counted,
    in_dimension,
    thrown_away,
    used_from,
    whole,
)
from injections.checks.amounts import in_measure_of
from injections.checks.vials import Vial, vials_of
from injections.facts import Administration, Coding, Encounter, Source, SupervisionMode, known
from injections.facts.once import Remembering, once, once_for
from injections.formulary.ndc import billing_forms
from injections.quantity import Dimension, Quantity

ONE_ML = Quantity(Decimal(1), "mL")
#: packages that are counted and not measured
DRY = frozenset({"powder", "kit", "implant"})
#: the qualifiers of a quantity that is an amount of drug
NDC_MEASURES = {"GR": "g", "ME": "mg", "F2": "units"}
NONE = Fraction(0)
#: the drug was nobody's cost here, or belongs to a service that holds it already
OTHERS = frozenset(Source) - {Source.STOCK}


@dataclass(frozen=True, slots=True)
class Portion:
    """What one container gave to one dose, counted in billing units. ``wasted`` is ``None`` where it is not known."""

    dose: Administration
    vial: Vial
    coding: Coding
    given: Fraction
    wasted: Fraction | None
    holds: Fraction | None
    single_dose: bool | None

    @property
    def ndc(self) -> str | None:
        """The 11 digits of the package, where they are certain."""
        written = known(self.vial.ndc) or (self.vial.package.ndc if self.vial.package else "")
        forms = billing_forms(written) if written else frozenset()
        if len(forms) != 1 and self.vial.package:
            forms = billing_forms(self.vial.package.ndc)
        return next(iter(forms)) if len(forms) == 1 else None


@dataclass(frozen=True, slots=True)
class Supply(Remembering):
    """One drug line in the making: portions with one code from one package, of doses that stand or fall together."""

    key: str
    coding: Coding
    portions: tuple[Portion, ...]
    units: int

    @property
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
    aside = (Family.NUMBING, Family.FLUSH, Family.SKIN_TEST, Family.PLATELETS)
    by_mouth = family_of(dose, encounter) is Family.NO_NEEDLE and "vaccine" not in classes_of(dose)
    return family_of(dose, encounter) not in aside and not by_mouth and not dose.self_given


def is_ours(dose: Administration) -> bool:
    """Whether the practice paid for the drug."""
    return known(dose.source) not in OTHERS


@once_for
def code_of(dose: Administration, day: date, payer_kind: str) -> Coded | Unclear | None:
    return coded(dose.product, dose, day, payer_kind) if dose.product else None


def supplies_of(encounter: Encounter, payer_kind: str) -> tuple[Supply, ...]:
    """The drug lines of a visit, in the order of its doses."""
    codes: dict[tuple[str, Hashable], list[Portion]] = {}
    alone = len(encounter.doses_given) == 1
    for dose in encounter.doses_given:
        if is_separate(dose, encounter) and is_ours(dose):
            apart = None if alone else standing(dose, encounter)
            for portion in _portions(dose, encounter.date, payer_kind):
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


def _portions(dose: Administration, day: date, payer_kind: str) -> Iterator[Portion]:
    found = code_of(dose, day, payer_kind)
    if not isinstance(found, Coded) or found.quotient == 0:
        return
    vials = tuple(vials_of(dose))
    assumed = assumed_single_dose(dose)
    for vial in vials:
        share = found.quotient if len(vials) == 1 else _in_units(used_from(vial, dose), found.coding, dose)
        yield Portion(
            dose=dose,
            vial=vial,
            coding=found.coding,
            given=share if share is not None else found.quotient / len(vials),
            wasted=Fraction(0) if assumed and known(dose.discarded) is None else _wasted(vial, found.coding, dose),
            holds=_in_units(content(vial), found.coding, dose),
            single_dose=True if assumed else vial.single_dose,
        )


def _in_units(amount: Quantity | None, coding: Coding, dose: Administration) -> Fraction | None:
    if amount is None or coding.amount is None:
        return None
    answer = counted(coding, amount, dose)
    return answer.quotient if isinstance(answer, Coded) else None


def _wasted(vial: Vial, coding: Coding, dose: Administration) -> Fraction | None:
    lost = thrown_away(vial, dose)
    if not isinstance(lost, Quantity):
        return None
    if lost.amount == 0 or coding.amount is None:
        return Fraction(0)
    return _in_units(lost, coding, dose)


def _by_package(portions: list[Portion]) -> Iterator[Supply]:
    """One line for each package; the whole units of all lines together are those of the whole dose."""
    packages: dict[str, list[Portion]] = {}
    for portion in portions:
        packages.setdefault(portion.ndc or "", []).append(portion)
    before = Fraction(0)
    for place, (ndc, same) in enumerate(packages.items()):
        after = _total((p.given for p in same), before)
        units = whole(after) - whole(before)
        before = after
        key = f"drug:{same[0].coding.code}:{place:02}:{ndc}:{min(p.dose.id for p in same)}"
        if units:
            yield Supply(key, same[0].coding, tuple(same), units)


def _total(parts: Iterable[Fraction], start: Fraction = NONE) -> Fraction:
    """The sum; nothing is added to nothing, because adding fractions is slow."""
    for part in parts:
        start = start + part if start else part
    return start


# --- the package as a claim names it ---------------------------------------------------------------------------------


def ndc_line(supply: Supply, wanted: PayerValue | None = None, *, wasted: bool = False) -> NdcLine | None:
    """The package, its unit and its quantity; ``None`` where one of them is not certain.

    ``wanted`` is the payer's table of qualifiers by code; for any other code the package's own shape tells it.
    """
    unit = wanted.get(supply.coding.code) if isinstance(wanted, Mapping) else None
    ndc = supply.portions[0].ndc
    amounts = [_ndc_quantity(p, unit, wasted) for p in supply.portions]
    if ndc is None or any(a is None for a in amounts):
        return None
    measures = {measure for measure, _ in filter(None, amounts)}
    total = sum((amount for _, amount in filter(None, amounts)), Decimal(0))
    return NdcLine(ndc, measures.pop(), total) if len(measures) == 1 and total > 0 else None


def _ndc_quantity(portion: Portion, unit: str | None, wasted: bool) -> tuple[str, Decimal] | None:
    unit = unit or unit_of_package(portion)
    if unit in NDC_MEASURES:
        return _measured(portion, unit, wasted)
    if unit == "UN":
        return _counted(portion, wasted)
    volume = _volume(portion, wasted) if unit == "ML" else None
    return ("ML", _rounded(Fraction(volume.amount))) if volume is not None else None


def unit_of_package(portion: Portion) -> str | None:
    """Dry packages are counted and liquid ones measured; of a package that we do not know its sisters tell."""
    package, product = portion.vial.package, portion.dose.product
    forms = {package.form} if package is not None else {p.form for p in product.containers} if product else set()
    if not forms or (forms & DRY and forms - DRY):
        return None
    return "UN" if forms & DRY else "ML"


def _counted(portion: Portion, wasted: bool) -> tuple[str, Decimal] | None:
    share = portion.wasted if wasted else portion.given
    if portion.holds and share is not None:
        return "UN", _rounded(share / (portion.holds / portion.vial.opened))
    return ("UN", Decimal(portion.vial.opened)) if portion.vial.package is not None else None


def _measured(portion: Portion, unit: str, wasted: bool) -> tuple[str, Decimal] | None:
    """Grams, milligrams or units of activity, where the payer counts the drug itself."""
    measure = Quantity(Decimal(1), NDC_MEASURES[unit])
    amount = thrown_away(portion.vial, portion.dose) if wasted else used_from(portion.vial, portion.dose)
    same = in_dimension(amount, measure, portion.dose) if isinstance(amount, Quantity) else None
    return (unit, _rounded(Fraction(same.to(measure.unit).amount))) if isinstance(same, Quantity) else None


def _volume(portion: Portion, wasted: bool) -> Quantity | None:
    """The milliliters of it: by the label's strength, else as charted for the whole dose."""
    dose, package = portion.dose, portion.vial.package
    if not wasted and dose.volume is not None and not dose.containers and dose.volume.dimension is Dimension.VOLUME:
        return dose.volume.to("mL")
    amount = thrown_away(portion.vial, dose) if wasted else used_from(portion.vial, dose)
    if not isinstance(amount, Quantity):
        return None
    if amount.dimension is Dimension.COUNT and package is not None and package.volume is not None:
        return package.volume.times(amount.amount).to("mL")
    by_label = in_measure_of(amount, ONE_ML, package.concentration if package else None)
    same = by_label or in_dimension(amount, ONE_ML, dose)
    return None if isinstance(same, Unclear) else same.to("mL")


def _rounded(amount: Fraction) -> Decimal:
    """Three decimals, as a claim carries them."""
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(Decimal("0.001")).normalize()
