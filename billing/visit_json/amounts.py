"""Amounts in a visit document: what went in, how much liquid, what was thrown away. Two readings are asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from billing.visit_json.given import is_strength, read_beside
from billing.visit_json.values import VisitError, number, shown, text
from injections.quantity import Dimension, Quantity, QuantityError
from injections.routes import parse_route

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_WORDS = re.compile(rf"({'|'.join(_NUMBERS)})(?=\s)", re.IGNORECASE)
_THOUSANDS = re.compile(r"([\d.,]+)\s*k\s*(u|iu|units?)", re.IGNORECASE)
_BESIDE = re.compile(r"\s*(?:/|\+|&|\band\b)\s*")
_BRACKETED = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_NONE = frozenset({"0", "none", "nothing", "zero", "no waste", "no discard", "none discarded", "none wasted"})


@dataclass(frozen=True, slots=True)
class Written:
    """An amount with all that was written beside it: how much liquid, by which route, and of what a pair it is."""

    amount: Quantity
    volume: Quantity | None = None
    route: str | None = None
    pair: bool = False


def amount(value: Any, path: str) -> Quantity:
    return written_amount(value, path).amount


def written_amount(value: Any, path: str, volume: Quantity | None = None) -> Written:
    """What was given, from all that charts write of it: "1000 mcg IM", "1 mL (1000 mcg)", "60 mg/2 mL", "2 x 150 mg".

    ``volume`` is what is charted beside it, and makes a dose of a strength.
    """
    written = text(value, path)
    if read := _any_form(written, volume):
        return read
    words, route = _without_route(written)
    if (read := _any_form(words, volume)) is None:
        raise VisitError(path, f"{shown(value)} {_instead(words)}")
    return replace(read, route=route)


def _any_form(words: str, volume: Quantity | None) -> Written | None:
    return _read(words, volume) or _bracketed(words)


def _read(words: str, volume: Quantity | None) -> Written | None:
    if plain := _quantity(words):
        return Written(plain)
    beside = read_beside(words, volume)
    return Written(*beside) if beside else _of_a_pair(words)


def _quantity(written: str) -> Quantity | None:
    spelled = _IN_WORDS.sub(lambda m: str(_NUMBERS.index(m[1].casefold())), written.strip(), count=1)
    try:
        if (thousands := _THOUSANDS.fullmatch(spelled)) is not None:
            return Quantity.parse(f"{thousands[1]} units").times(1000)
        return Quantity.parse(spelled)
    except QuantityError:
        return None


def _bracketed(words: str) -> Written | None:
    """An amount with another in brackets: its liquid, its one container, or the same amount told otherwise."""
    found = _BRACKETED.fullmatch(words)
    both = [read for part in found.groups() if (read := _read(part, None))] if found else []
    if len(both) != 2:
        return None
    outside, inside = both
    if outside.amount == inside.amount:
        return outside
    drugs = [w for w in both if w.amount.dimension not in (Dimension.VOLUME, Dimension.COUNT)]
    rest = [w.amount for w in both if w not in drugs]
    if len(drugs) != 1 or (rest[0].dimension is Dimension.COUNT and rest[0].amount != 1):
        return None
    liquid_ = rest[0] if rest[0].dimension is Dimension.VOLUME else None
    return replace(drugs[0], volume=drugs[0].volume or liquid_)


def _without_route(written: str) -> tuple[str, str | None]:
    """The words before a route at their end, and the route."""
    words = written.split()
    for place in range(1, len(words)):
        if route := parse_route(" ".join(words[place:])):
            return " ".join(words[:place]), route
    return written, None


def _of_a_pair(written: str) -> Written | None:
    """A pair of drugs that is given as one, counted as its code counts it.

    Two like halves are their sum ("3 mg/3 mg" of betamethasone); of unlike ones the first names the pair: "600
    mg/900 mg" of cabotegravir and rilpivirine, "40 mg/20 mg" of a steroid with something numbing.
    """
    parts = [_quantity(part) for part in _BESIDE.split(written)]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    first, second = parts[0], parts[1]
    if first.dimension is not second.dimension or not first.amount or not second.amount:
        return None
    if first.dimension not in (Dimension.MASS, Dimension.ACTIVITY):
        return None
    return Written(first.times(2)) if first == second else Written(first, pair=True)


def _instead(words: str) -> str:
    """What is wrong with it, and what to write instead where we can see what was meant."""
    if is_strength(words):
        return "is a strength; say how much of it was given"
    why = "is not an amount with a unit"
    if re.fullmatch(r"\.\d+\s*[a-zA-Z]+", words):
        return f'{why}: write "0{words}"'
    if re.fullmatch(r"[\d.,]+", words):
        return f'{why}: write the unit too, such as "{words} mg" or "{words} mL"'
    return f'{why}: write one number and its unit, such as "30 mg"'


def liquid(value: Any, path: str) -> Quantity:
    read = amount(value, path)
    if read.dimension is not Dimension.VOLUME:
        raise VisitError(path, f"{shown(value)} is not a volume")
    return read


def thrown_away(value: Any, path: str) -> Quantity:
    """What was discarded; nothing needs no unit."""
    if str(value).strip().casefold() in _NONE and not isinstance(value, bool):
        return Quantity(Decimal(0), "mL")
    return amount(value, path)


_WEIGHT = re.compile(r"\s*([\d.]+)\s*(kg|kgs|kilograms?|lbs?|pounds?)\.?\s*", re.IGNORECASE)
_POUND = Decimal("0.45359237")


def weight(value: Any, path: str) -> Decimal:
    """Kilograms, as a number, or with the unit that the scale showed."""
    found = _WEIGHT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return number(value, path)
    read = number(found[1], path)
    return read if found[2].casefold().startswith("k") else (read * _POUND).quantize(Decimal("0.1"))
