"""Amounts with a unit: the only arithmetic that a dose ever goes through.

Every amount is a ``Decimal`` with a unit of one dimension. Units convert inside their dimension and nowhere
else: milligrams never become milliliters without a stated :class:`Concentration`, and milligrams never
become units of activity at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from unicodedata import normalize


class Dimension(StrEnum):
    """What a unit measures."""

    MASS = "mass"
    VOLUME = "volume"
    ACTIVITY = "activity"
    EQUIVALENT = "equivalent"
    COUNT = "count"


class QuantityError(ValueError):
    """The text is not an amount with a unit that we know."""


class DimensionError(ValueError):
    """Two amounts measure different things and cannot be compared, added or divided."""


#: unit -> (dimension, how many of the dimension's smallest unit it holds)
UNITS: dict[str, tuple[Dimension, Decimal]] = {
    "ng": (Dimension.MASS, Decimal(1)),
    "mcg": (Dimension.MASS, Decimal(1_000)),
    "mg": (Dimension.MASS, Decimal(1_000_000)),
    "g": (Dimension.MASS, Decimal(1_000_000_000)),
    "mL": (Dimension.VOLUME, Decimal(1)),
    "L": (Dimension.VOLUME, Decimal(1_000)),
    "units": (Dimension.ACTIVITY, Decimal(1)),
    "mEq": (Dimension.EQUIVALENT, Decimal(1)),
    "dose": (Dimension.COUNT, Decimal(1)),
}

#: other spellings that arrive from outside; what we show is always the key of UNITS
SYNONYMS: dict[str, str] = {
    "gm": "g",
    "gram": "g",
    "grams": "g",
    "milligram": "mg",
    "milligrams": "mg",
    "µg": "mcg",
    "μg": "mcg",
    "ug": "mcg",
    "microgram": "mcg",
    "micrograms": "mcg",
    "mcgs": "mcg",
    "mgs": "mg",
    "gms": "g",
    "mls": "mL",
    "ccs": "mL",
    "ml": "mL",
    "milliliter": "mL",
    "milliliters": "mL",
    "cc": "mL",
    "l": "L",
    "unit": "units",
    "u": "units",
    "iu": "units",
    "usp units": "units",
    "tu": "units",
    "tuberculin units": "units",
    "international units": "units",
    "meq": "mEq",
    "doses": "dose",
    "implant": "dose",
    "implants": "dose",
    "each": "dose",
    "vial": "dose",
    "vials": "dose",
    "syringe": "dose",
    "syringes": "dose",
    "prefilled syringe": "dose",
    "prefilled syringes": "dose",
    "kit": "dose",
    "kits": "dose",
    "pen": "dose",
    "pens": "dose",
    "ampule": "dose",
    "ampules": "dose",
    "ampoule": "dose",
    "ampoules": "dose",
    "amp": "dose",
    "amps": "dose",
    "cartridge": "dose",
    "cartridges": "dose",
    "autoinjector": "dose",
    "autoinjectors": "dose",
    "auto-injector": "dose",
    "auto-injectors": "dose",
    "device": "dose",
    "devices": "dose",
    "pellet": "dose",
    "pellets": "dose",
}

_MILLIONS = ("million units", "mu", "million iu", "million u", "mil units", "m units")
#: digits, or digits in whole groups of three: "0,500" may be meant as a half and is refused
_SHAPE = re.compile(r"^((?:[0-9]{1,18}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?:\.[0-9]{1,28})?)\s*([^\W\d_][^\d]*)$")

#: "½ mL", "1/2 mL", "1½ mL" and "1 1/2 mL", where the fraction is a whole number of thousandths
_FRACTION = re.compile(r"^(?:([0-9]{1,4}) )?([0-9]{1,2})/([0-9]{1,3})(?=\s*[^\W\d_])")


def _without_fraction(text: str) -> str:
    """The amount with its fraction as a decimal; as it came where it has none, or one that is not exact."""
    spelled = re.sub(
        "[\u00bc-\u00be\u2153-\u215e]", lambda m: f" {normalize('NFKC', m[0])}".replace("\u2044", "/"), text
    )
    spelled = " ".join(spelled.split())
    found = _FRACTION.match(spelled)
    if found is None or not 0 < int(found[2]) < int(found[3]) or 1000 % int(found[3]):
        return text
    value = Decimal(found[1] or 0) + Decimal(found[2]) / Decimal(found[3])
    return f"{plain(value)} {spelled[found.end() :].strip()}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact amount of something.

    ``amount`` is a finite ``Decimal`` of zero or more, ``unit`` a key of :data:`UNITS`.
    """

    amount: Decimal
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise QuantityError(f'"{self.unit}" is not a unit that a dose can have')
        if not self.amount.is_finite() or self.amount < 0:
            raise QuantityError(f"{self.amount} is not an amount")

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read ``"1,000 mcg"`` or ``"½ mL"``. Raises :class:`QuantityError` on anything but a number and a unit."""
        match = _SHAPE.match(_without_fraction(text.strip()).rstrip("."))
        if match is None:
            raise QuantityError(f'"{text}" is not an amount with a unit')
        number, unit = match.group(1).replace(",", ""), match.group(2).strip()
        if unit.lower() in _MILLIONS:
            return cls(Decimal(number) * 1_000_000, "units")
        unit = unit if unit in UNITS else SYNONYMS.get(unit.lower(), unit.lower())
        if unit not in UNITS:
            raise QuantityError(f'"{text}" is not an amount with a unit')
        return cls(Decimal(number), unit)

    @property
    def dimension(self) -> Dimension:
        return UNITS[self.unit][0]

    @property
    def in_smallest(self) -> Decimal:
        """The amount in the smallest unit of its dimension: what two amounts are compared by."""
        return self.amount * UNITS[self.unit][1]

    def to(self, unit: str) -> Quantity:
        """The same amount in another unit. Raises :class:`DimensionError` where that is not true."""
        dimension, factor = UNITS[unit]
        if dimension is not self.dimension:
            raise DimensionError(f"{self} cannot be given in {unit}")
        return Quantity(self.in_smallest / factor, unit)

    def over(self, other: Quantity) -> Fraction:
        """How many times ``other`` goes into this, exactly. Raises :class:`DimensionError`, ``ZeroDivisionError``."""
        self._must_match(other)
        given, in_parts = self.in_smallest.as_integer_ratio()
        unit, unit_parts = other.in_smallest.as_integer_ratio()
        return Fraction(given * unit_parts, in_parts * unit)

    def times(self, factor: Decimal | int) -> Quantity:
        return Quantity(self.amount * factor, self.unit)

    def __add__(self, other: Quantity) -> Quantity:
        self._must_match(other)
        return Quantity(self.amount + other.to(self.unit).amount, self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        """What is left. Raises :class:`QuantityError` when more is taken than there is."""
        self._must_match(other)
        return Quantity(self.amount - other.to(self.unit).amount, self.unit)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.dimension is other.dimension and self.in_smallest == other.in_smallest

    def __hash__(self) -> int:
        return hash((self.dimension, self.in_smallest))

    def __lt__(self, other: Quantity) -> bool:
        self._must_match(other)
        return self.in_smallest < other.in_smallest

    def __le__(self, other: Quantity) -> bool:
        return self == other or self < other

    def __gt__(self, other: Quantity) -> bool:
        return other < self

    def __ge__(self, other: Quantity) -> bool:
        return other <= self

    def __bool__(self) -> bool:
        """Zero is an amount like any other; ask for ``.amount`` when zero is meant."""
        return True

    def __str__(self) -> str:
        """Plain text that :meth:`parse` reads back: ``1000 mcg``. For people use :func:`format_dose`."""
        return f"{plain(self.amount)} {self.unit}"

    @property
    def written(self) -> str:
        """What a field holds: ``1,000 mcg``, with its comma (ISMP) and in the unit it was ordered in."""
        return f"{_with_commas(self.amount)} {self.unit}"

    def is_said_by(self, text: str) -> bool:
        """Whether these words mean this amount, however they write it: ``1000 mcg`` and ``1,000 mcg`` both do."""
        try:
            return Quantity.parse(text) == self
        except QuantityError:
            return False

    def _must_match(self, other: Quantity) -> None:
        if self.dimension is not other.dimension:
            raise DimensionError(f"{self} and {other} measure different things")


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much drug stands in how much liquid: the only bridge between a volume and a mass or activity."""

    drug: Quantity
    volume: Quantity

    def drug_in(self, volume: Quantity) -> Quantity:
        """The drug in that volume. Raises :class:`DimensionError` unless ``volume`` is one."""
        share = volume.over(self.volume)
        return Quantity(self.drug.amount * share.numerator / share.denominator, self.drug.unit)

    def volume_of(self, drug: Quantity) -> Quantity:
        """The volume that holds that much drug. Raises :class:`DimensionError` for another dimension."""
        share = drug.over(self.drug)
        return Quantity(self.volume.amount * share.numerator / share.denominator, self.volume.unit)


def plain(amount: Decimal) -> str:
    """A decimal without exponent and without trailing zeros."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_commas(amount: Decimal) -> str:
    whole, _, part = plain(amount).partition(".")
    return f"{int(whole):,}" + (f".{part}" if part else "")


def format_dose(quantity: Quantity) -> str:
    """The one way an amount is shown to a person (ISMP: no trailing zero, leading zero, no-break space).

    A mass under one of its unit is shown in the next smaller unit where that avoids the decimal: 0.5 mg is
    ``500 mcg``, 0.5 mL stays ``0.5 mL``.
    """
    shown = _without_decimal(quantity)
    number = _with_commas(shown.amount)
    unit = "doses" if shown.unit == "dose" and shown.amount != 1 else shown.unit
    unit = "unit" if shown.unit == "units" and shown.amount == 1 else unit
    return f"{number}\u00a0{unit}"


def _without_decimal(quantity: Quantity) -> Quantity:
    smaller = {"g": "mg", "mg": "mcg"}.get(quantity.unit)
    if smaller is None or quantity.amount >= 1 or quantity.amount == 0:
        return quantity
    return _without_decimal(quantity.to(smaller))
