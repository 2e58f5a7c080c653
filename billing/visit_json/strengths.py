"""How strong a liquid is, where a document says it in the drug's name, or the product comes in one strength only."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from injections.facts import Administration, Package, Product, known
from injections.quantity import Concentration, Dimension, Quantity, QuantityError

ONE_ML = Quantity(Decimal(1), "mL")
#: "40 mg/mL" and "480 mcg/0.8 mL"
_PER_VOLUME = re.compile(
    r"(\d[\d.,]*\s*(?:mcg|mg|gm|g|units?|iu|meq|million units))\s*/\s*(\d*\.?\d+)?\s*(?:ml|cc)\b", re.IGNORECASE
)
#: all that a container holds: "40 mg/0.4 mL" with its volume, or "1 g" with none; "40 mg/mL" is a strength
_WHOLE_LABEL = re.compile(
    r"(\d[\d.,]*\s*(?:mcg|mg|gm|g|units?|iu|million units)\b)(?:\s*/\s*\d*\.?\d+\s*(?:ml|cc)\b|(?!\s*/))", re.IGNORECASE
)


def told_by_name(package: Package | None, dose: Administration) -> Package | None:
    """The package with the strength that the drug's name says, where nothing else says how strong the liquid is.

    Of a dose that is only counted the name says what each container holds.
    """
    if package is None and dose.dose is not None and dose.dose.dimension is Dimension.COUNT:
        return container_by_name(dose.drug or "", dose.product)
    named = package_by_name(dose) if package is None or package.concentration is None else None
    if named is None or package is None:
        return package or named
    return replace(package, strength=named.strength)


def container_by_name(name: str, product: Product | None) -> Package | None:
    """The container whose label is in the name: one syringe of "Lovenox 40 mg/0.4 mL", one vial of "Rocephin 1 g".

    A strength by the milliliter ("80 mg/mL") is the label of all containers of that strength: it tells one where they
    hold the same. The package's own number is not known by it.
    """
    if product is None:
        return None
    label = _WHOLE_LABEL.search(name)
    if label is not None:
        fitting = [p for p in product.containers if p.holds == _amount(label[1])]
    else:
        strength = written_strength(name)
        fitting = [p for p in product.containers if strength and p.concentration == strength]
    told = {(p.holds, p.single_dose) for p in fitting}
    return replace(fitting[0], ndc="") if len(told) == 1 else None


def _amount(written: str) -> Quantity | None:
    try:
        return Quantity.parse(written)
    except QuantityError:
        return None


def package_by_name(dose: Administration) -> Package | None:
    """What "lidocaine 1%", "Depo-Medrol 80 mg/mL" or "Kenalog-40" says of a liquid that is charted by its volume.

    The rest counts too: of 30 mg/mL, 0.5 mL thrown away are 15 mg.
    """
    charted = {amount.dimension for amount in (dose.dose, dose.volume, known(dose.discarded)) if amount is not None}
    if not dose.drug or Dimension.VOLUME not in charted:
        return None
    strength = written_strength(dose.drug) or _by_number(dose.drug, dose.product)
    return Package(ndc="", strength=strength) if strength else None


def written_strength(name: str) -> Concentration | None:
    """ "40 mg/mL", "0.5%" or "1:1000" among other words."""
    if percent := re.search(r"(\d+(?:\.\d+)?)\s*%", name):
        return Concentration(Quantity(Decimal(percent[1]) * 10, "mg"), ONE_ML)
    if ratio := re.search(r"\b1:([1-9][0-9]{0,2},?000)\b", name):
        return Concentration(Quantity(Decimal(1), "g"), Quantity(Decimal(ratio[1].replace(",", "")), "mL"))
    if (found := _PER_VOLUME.search(name)) is None:
        return None
    try:
        volume = Quantity.parse(f"{found[2] or 1} mL")
        return Concentration(Quantity.parse(found[1]), volume) if volume.amount else None
    except QuantityError:
        return None


def _by_number(name: str, product: Product | None) -> Concentration | None:
    """The strength of the one package whose milligrams in a milliliter are the number in the name."""
    numbers = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", name)}
    strengths = [p.concentration for p in product.containers if p.concentration] if product else []
    meant = {s.drug_in(ONE_ML): s for s in strengths if _per_ml(s) in numbers}
    return next(iter(meant.values())) if len(meant) == 1 else None


def _per_ml(strength: Concentration) -> Decimal | None:
    drug = strength.drug_in(ONE_ML)
    return drug.to("mg").amount if drug.dimension is Dimension.MASS else drug.amount


def strength_of_product(package: Package | None, product: Product | None) -> Package | None:
    """A vial that is stated by its volume holds the drug in the one strength that all packages share."""
    if package is None or package.holds is None or package.concentration is not None or product is None:
        return package
    holds, forms = package.holds, {p.form for p in product.containers}
    if len(forms) == 1 and package.volume is None:
        package = replace(package, form=next(iter(forms)))
    shared = {p.concentration for p in product.containers if p.concentration}
    if holds.dimension is not Dimension.VOLUME or len({_per_ml(c) for c in shared}) != 1:
        return package
    return replace(package, strength=next(iter(shared)))
