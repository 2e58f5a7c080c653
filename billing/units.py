"""How many billing units a dose is: exact arithmetic, and a plain word wherever a number would be a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from injections.checks.amounts import equation_of, in_measure_of
from injections.checks.vials import Vial, vials_of
from injections.facts import Administration, Assumed, Coding, Package, Product, Unobtainable, known
from injections.facts.once import once
from injections.quantity import Concentration, Dimension, Quantity, QuantityError, format_dose
from injections.routes import allowed


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why there is no number, which fact is missing, and what the person can do."""

    because: str
    field: str
    fix: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A code for a dose, the exact quotient behind it, and the whole units that are billed."""

    coding: Coding
    quotient: Fraction

    @property
    def units(self) -> int:
        return whole(self.quotient)

    @property
    def overshoot(self) -> Fraction:
        """By how much of the drug the whole units exceed the dose; codes for "up to" or per dose never do."""
        if self.coding.amount is None or self.coding.up_to:
            return Fraction(0)
        return (self.units - self.quotient) * Fraction(self.coding.amount.in_smallest)


def whole(quotient: Fraction) -> int:
    """Units are billed whole: any started unit counts, and nothing given counts nothing."""
    return ceil(quotient)


def dose_given(dose: Administration) -> Quantity | None:
    """What the patient got: the dose as charted, else the sum over its containers, else the volume."""
    if dose.dose is not None:
        return dose.dose
    used = [c.used for c in dose.containers]
    if not used:
        return dose.volume
    total: Quantity | None = None
    for part in used:
        if part is None or (total is not None and part.dimension is not total.dimension):
            return None
        total = part if total is None else total + part
    return total


@once
def strength_of(dose: Administration) -> Concentration | None:
    """The strength on the label: of the vials used, else the one strength that every package of the drug shares."""
    seen = [v.package.concentration for v in vials_of(dose) if v.package and v.package.concentration]
    return _shared(seen) if seen or dose.product is None else _strength_of_product(dose.product)


@once
def _strength_of_product(product: Product) -> Concentration | None:
    return _shared([p.concentration for p in product.containers if p.concentration])


def _shared(strengths: list[Concentration]) -> Concentration | None:
    """The one strength that all of them are, however it is written."""
    if strengths and all(c == strengths[0] for c in strengths[1:]):
        return strengths[0]
    return strengths[0] if len({_per_ml(c) for c in strengths}) == 1 else None


def packages_of(dose: Administration) -> tuple[Package, ...]:
    """Every package of the drug that the formulary knows."""
    return dose.product.containers if dose.product else ()


def _per_ml(strength: Concentration) -> tuple[Dimension, Fraction]:
    amount = Fraction(strength.drug.in_smallest) / Fraction(strength.volume.in_smallest)
    return strength.drug.dimension, amount


def in_dimension(amount: Quantity, wanted: Quantity, dose: Administration) -> Quantity | Unclear:
    """The amount in the dimension of ``wanted``, through the label's strength and nothing else."""
    same = in_measure_of(amount, wanted, strength_of(dose), equation_of(dose))
    if same is not None:
        return same
    if dose.volume is not None and dose.volume.dimension is wanted.dimension is Dimension.VOLUME:
        return dose.volume
    asked = f"the code counts {format_dose(wanted)}, the chart says {format_dose(amount)}"
    if amount.dimension is Dimension.COUNT:
        because = f"{asked}, and what one package holds is not known"
        return _contents(amount, wanted, dose) or Unclear(because, "dose", f"Chart the dose in {wanted.unit}")
    if Dimension.VOLUME in (amount.dimension, wanted.dimension):
        because = f"{asked}, and the strength is not known"
        return Unclear(because, "package.concentration", "Scan the vial or enter its strength")
    return Unclear(f"{asked}, and one cannot be turned into the other", "dose", f"Chart the dose in {wanted.unit}")


def _contents(count: Quantity, wanted: Quantity, dose: Administration) -> Quantity | None:
    """What so many whole packages hold, where the label says it."""
    held = {p.holds for p in packages_of(dose)}
    shared = next(iter(held)) if len(held) == 1 else None
    holds = dose.package.holds if dose.package and dose.package.holds else shared
    if holds is None or holds.dimension is not wanted.dimension:
        return None
    return holds.times(count.amount)


def coded(product: Product, dose: Administration, day: date, payer_kind: str) -> Coded | Unclear | None:
    """The code for a dose on a day: least overshoot, then fewest units. ``None`` where no code is in force."""
    codings = _fitting(product.codings_on(day), dose, payer_kind)
    if not codings:
        return None
    amount = dose_given(dose)
    if amount is None:
        return Unclear("how much was given is not charted", "dose", "Chart the dose with its unit")
    answers = [counted(coding, amount, dose) for coding in codings]
    if amount.dimension is Dimension.COUNT and len({type(a) for a in answers}) > 1:
        return _of_unknown_strength(codings, answers, amount, dose)
    numbers = [a for a in answers if isinstance(a, Coded) and not _next_code_fits(a, codings)]
    if len(numbers) == 1:
        return numbers[0]
    if numbers:
        return min(numbers, key=lambda a: (a.overshoot, a.units, a.coding.amount is None, a.coding.code))
    return next((a for a in answers if isinstance(a, Unclear)), answers[0])


def _of_unknown_strength(
    codings: tuple[Coding, ...], answers: list[Coded | Unclear], amount: Quantity, dose: Administration
) -> Coded | Unclear:
    """Codes that part one drug by strength, for doses that are only counted: the claimed code tells it, or nobody."""
    claimed = (dose.claimed_hcpcs or "").strip().upper()
    told = next((c for c in codings if c.code == claimed), None)
    if told is not None:
        return Coded(told, Fraction(amount.amount))
    return next(a for a in answers if isinstance(a, Unclear))


def _fitting(codings: Iterable[Coding], dose: Administration, payer_kind: str) -> tuple[Coding, ...]:
    """The codings for this payer and route; one that names the payer goes before one that is for all."""
    route = known(dose.route)
    for_payer = [c for c in codings if not c.payer_kinds or payer_kind in c.payer_kinds]
    named = [c for c in for_payer if payer_kind in c.payer_kinds] or for_payer
    by_route = [c for c in named if not c.routes or (route is not None and allowed(route, c.routes))]
    return tuple(by_route or named)


def _next_code_fits(answer: Coded, codings: tuple[Coding, ...]) -> bool:
    """Among codes for one dose up to an amount, a larger dose belongs to the next code, not to two of this one."""
    if not answer.coding.up_to or answer.units < 2:
        return False
    return any(_covers_more(c, answer.coding) for c in codings if c is not answer.coding)


def _covers_more(other: Coding, than: Coding) -> bool:
    if other.amount is None or than.amount is None:
        return other.amount is None
    return other.amount.dimension is than.amount.dimension and other.amount > than.amount


def counted(coding: Coding, amount: Quantity, dose: Administration) -> Coded | Unclear:
    """How many units of one code an amount is."""
    if coding.amount is None:
        return Coded(coding, _doses(amount, dose) if amount.amount else Fraction(0))
    same = in_dimension(amount, coding.amount, dose)
    return same if isinstance(same, Unclear) else Coded(coding, same.over(coding.amount))


def _doses(amount: Quantity, dose: Administration) -> Fraction:
    """What a code for one dose counts: doses as charted, else every largest container of the drug that was begun."""
    if amount.dimension is Dimension.COUNT:
        return Fraction(amount.amount)
    times = []
    for held in {p.holds for p in packages_of(dose) if p.holds and p.single_dose}:
        same = in_dimension(amount, held, dose)
        times += [] if isinstance(same, Unclear) else [same.over(held)]
    return Fraction(whole(min(times, default=Fraction(1))))


# --- what the vial held, and where the rest went ---------------------------------------------------------------------


def content(vial: Vial) -> Quantity | None:
    """What the labels of all opened containers promise; overfill does not count."""
    return vial.holds.times(vial.opened) if vial.holds else None


def used_from(vial: Vial, dose: Administration) -> Quantity | None:
    """What went in from this container; with one container that is the whole dose."""
    return vial.used if vial.used is not None or dose.containers else dose_given(dose)


def left_over(vial: Vial, dose: Administration) -> Quantity | None:
    """What of the opened containers did not go in, by the label. ``None`` where label or dose are not known."""
    held, used = content(vial), used_from(vial, dose)
    if held is None or used is None:
        return None
    same = in_dimension(used, held, dose)
    if isinstance(same, Unclear):
        return None
    try:
        return held - same
    except QuantityError:
        return held.times(0)


def thrown_away(vial: Vial, dose: Administration) -> Quantity | Unobtainable | None:
    """What was discarded: as charted; by the label where we were told to take charting for granted.

    What a vial still held that served others too was not thrown away, or nobody knows how much of it.
    """
    if isinstance(vial.discarded, Assumed):
        return None if dose.vial_shared else left_over(vial, dose)
    return vial.discarded
