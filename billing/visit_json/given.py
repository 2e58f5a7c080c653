"""A dose as people write it beside its volume or strength: "60 mg/2 mL", "0.3 mL of 1:1000", "150 mg x 2"."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from billing.visit_json.document import Node, VisitError, amount, liquid
from billing.visit_json.strengths import written_strength
from injections.quantity import Concentration, Dimension, DimensionError, Quantity, QuantityError

#: what was given and in how much fluid; either may not be said
Given = tuple[Quantity | None, Quantity | None]

_ML = r"(?P<volume>[\d.,½¼¾]+\s*(?:ml|cc))"
_IN_VOLUME = re.compile(rf"(?P<drug>[^/]+?)\s*(?:/|\bin\b)\s*{_ML}", re.IGNORECASE)
_PER_ML = re.compile(rf"(?P<drug>[^/]+?)\s*/\s*(?:ml|cc)(?:[,;\s]+{_ML})?", re.IGNORECASE)
_OF_STRENGTH = re.compile(rf"{_ML}\s*(?:of|@)\s*(?P<strength>.+)", re.IGNORECASE)
_TIMES = re.compile(
    r"(?:(?P<before>[2-9])\s*[x×]\s*)?(?P<each>\d[^x×]*?)(?:\s*[x×]\s*(?P<after>[2-9]))?", re.IGNORECASE
)
#: the route behind the amount, and a sum spelled out in brackets
_BESIDE = re.compile(r"\s*(?:\([^)]*\)|\b(?:im|sc|sq|subq|iv)\b\.?)\s*$", re.IGNORECASE)


def read_given(node: Node) -> Given:
    """The amount and the volume of one dose. Raises :class:`VisitError` where the words are no amount of a drug."""
    volume = node.get("volume", liquid)
    try:
        return node.get("dose", amount), volume
    except VisitError as problem:
        return _reread(node.raw("dose"), volume, problem)


def amount_of_drug(value: Any, path: str) -> Quantity:
    """An amount that may be written beside its volume, of which only the amount counts."""
    try:
        return amount(value, path)
    except VisitError as problem:
        drug, _ = _reread(value, None, problem)
        if drug is None:
            raise
        return drug


def _reread(value: Any, volume: Quantity | None, problem: VisitError) -> Given:
    """The words read once more, with what stands beside the amount."""
    words = _BESIDE.sub("", str(value).strip())
    with suppress(QuantityError, DimensionError, ZeroDivisionError):
        if (read := _written(words, volume)) is not None:
            return read
    if _PER_ML.fullmatch(words):
        raise VisitError(problem.path, f'"{value}" is a strength; say how much of it was given') from None
    raise problem


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
