"""The package of a drug line as a claim names it: 11 digits, the unit that it is counted in, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from billing.outcomes import NdcLine
from billing.portions import Portion
from billing.reference.payers import PayerValue
from billing.supply import Supply
from billing.units import Unclear, in_dimension, thrown_away, used_from
from injections.checks.amounts import in_measure_of
from injections.facts.once import once_for
from injections.quantity import Dimension, Quantity

ONE_ML = Quantity(Decimal(1), "mL")
#: packages that are counted and not measured
DRY = frozenset({"powder", "kit", "implant"})
#: the qualifiers of a quantity that is an amount of drug
NDC_MEASURES = {"GR": "g", "ME": "mg", "F2": "units"}


def ndc_line(supply: Supply, wanted: PayerValue | None = None, *, wasted: bool = False) -> NdcLine | None:
    """The package, its unit and its quantity; ``None`` where one of them is not certain.

    ``wanted`` is the payer's table of qualifiers by code; for any other code the package's own shape tells it.
    """
    unit = wanted.get(supply.coding.code) if isinstance(wanted, Mapping) else None
    ndc = supply.portions[0].ndc
    amounts = [_ndc_quantity(p.alike, unit, wasted) for p in supply.portions]
    if ndc is None or any(a is None for a in amounts):
        return None
    measures = {measure for measure, _ in filter(None, amounts)}
    total = sum((amount for _, amount in filter(None, amounts)), Decimal(0))
    return NdcLine(ndc, measures.pop(), total) if len(measures) == 1 and total > 0 else None


@once_for
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
