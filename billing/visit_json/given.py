"""An amount beside its volume, its strength or a number of times: "60 mg/2 mL", "0.3 mL of 1:1000", "150 mg x 2"."""

from __future__ import annotations

import re
from contextlib import suppress

from billing.visit_json.strengths import written_strength
from injections.quantity import Concentration, Dimension, DimensionError, Quantity, QuantityError

#: what was given, and in how much fluid where that is said
Given = tuple[Quantity, Quantity | None]

_ML = r"(?P<volume>[\d.,½¼¾]+\s*(?:ml|cc))"
_IN_VOLUME = re.compile(rf"(?P<drug>[^/]+?)\s*(?:/|\bin\b)\s*{_ML}", re.IGNORECASE)
_PER_ML = re.compile(rf"(?P<drug>[^/]+?)\s*/\s*(?:ml|cc)(?:[,;\s]+{_ML})?", re.IGNORECASE)
_OF_STRENGTH = re.compile(rf"{_ML}\s*(?:of|@)\s*(?P<strength>.+)", re.IGNORECASE)
_TIMES = re.compile(
    r"(?:(?P<before>[2-9])\s*[x×]\s*)?(?P<each>\d[^x×]*?)(?:\s*[x×]\s*(?P<after>[1-9]))?", re.IGNORECASE
)


def read_beside(words: str, volume: Quantity | None) -> Given | None:
    """The amount in words that say more than it, ``None`` where they are none. ``volume`` is what is charted."""
    with suppress(QuantityError, DimensionError, ZeroDivisionError):
        return _written(words, volume)
    return None


def is_strength(words: str) -> bool:
    """Whether the words say only how strong a fluid is."""
    return _PER_ML.fullmatch(words) is not None


def _written(words: str, volume: Quantity | None) -> Given | None:
    if found := _IN_VOLUME.fullmatch(words):
        drug, fluid = _drug(found["drug"]), Quantity.parse(found["volume"])
        whole = volume is None or volume == fluid
        return (drug, fluid) if whole else (Concentration(drug, fluid).drug_in(volume or fluid), volume)
    if found := _OF_STRENGTH.fullmatch(words):
        fluid, named = Quantity.parse(found["volume"]), written_strength(found["strength"])
        return (named.drug_in(fluid), fluid) if named else None
    if found := _PER_ML.fullmatch(words):
        fluid_given = Quantity.parse(found["volume"]) if found["volume"] else volume
        strength = Concentration(_drug(found["drug"]), Quantity.parse("1 mL"))
        return (strength.drug_in(fluid_given), fluid_given) if fluid_given else None
    found = _TIMES.fullmatch(words)
    times = int(found["before"] or found["after"] or 1) if found else 1
    return (Quantity.parse(found["each"]).times(times), volume) if found else None


def _drug(words: str) -> Quantity:
    """An amount of drug. Raises :class:`QuantityError` for one of fluid."""
    read = Quantity.parse(words)
    if read.dimension is Dimension.VOLUME:
        raise QuantityError(f'"{words}" is a volume')
    return read
