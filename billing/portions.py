"""What went in from each container and what of it was lost, counted in the units of the drug's code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from billing.assumed_vials import assumed_single_dose
from billing.units import Coded, Unclear, coded, content, counted, thrown_away, used_from
from injections.checks.vials import Vial, vials_of
from injections.facts import Administration, Coding, known
from injections.facts.alike import in_itself
from injections.facts.once import Remembering, once, once_for
from injections.formulary.ndc import billing_forms
from injections.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Portion(Remembering):
    """What one container gave to one dose, counted in billing units. ``wasted`` is ``None`` where it is not known.

    ``in_itself`` is the same portion of the dose in itself.
    """

    dose: Administration
    vial: Vial
    coding: Coding
    given: Fraction
    wasted: Fraction | None
    holds: Fraction | None
    single_dose: bool | None
    in_itself: Portion | None = field(default=None, repr=False, compare=False)

    @property
    def ndc(self) -> str | None:
        """The 11 digits of the package, where they are certain."""
        return _eleven_digits(self.alike)

    @property
    def alike(self) -> Portion:
        """What to ask where only drug, amount, route and vial matter, so that the answer serves all doses alike."""
        return self.in_itself or self


@once
def _eleven_digits(portion: Portion) -> str | None:
    package = portion.vial.package
    written = known(portion.vial.ndc) or (package.ndc if package else "")
    forms = billing_forms(written) if written else frozenset()
    if len(forms) != 1 and package:
        forms = billing_forms(package.ndc)
    return next(iter(forms)) if len(forms) == 1 else None


def code_of(dose: Administration, day: date, payer_kind: str) -> Coded | Unclear | None:
    """The code for the dose and its units; why there is no number; ``None`` for a drug without a code on the day."""
    product = dose.product
    return _code(in_itself(dose), product.same_codes_since(day), payer_kind) if product is not None else None


@once_for
def _code(dose: Administration, day: date, payer_kind: str) -> Coded | Unclear | None:
    return coded(dose.product, dose, day, payer_kind) if dose.product is not None else None


def portions_of(dose: Administration, day: date, payer_kind: str) -> tuple[Portion, ...]:
    """The portions of a dose, one for each container; none where no code or no amount is known."""
    if dose.product is None:
        return ()
    counted_once = _portions(in_itself(dose), dose.product.same_codes_since(day), payer_kind)
    return tuple([_of(dose, vial, p) for vial, p in zip(vials_of(dose), counted_once, strict=False)])


def _of(dose: Administration, vial: Vial, of: Portion) -> Portion:
    return Portion(dose, vial, of.coding, of.given, of.wasted, of.holds, of.single_dose, of)


@once_for
def _portions(dose: Administration, day: date, payer_kind: str) -> tuple[Portion, ...]:
    return tuple(_counted(dose, day, payer_kind))


def _counted(dose: Administration, day: date, payer_kind: str) -> Iterator[Portion]:
    found = _code(dose, day, payer_kind)
    if not isinstance(found, Coded) or found.quotient == 0:
        return
    vials = vials_of(dose)
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
