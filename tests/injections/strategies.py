"""Random facts for property tests, made from the types of their fields."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from injections.facts import Encounter
from injections.quantity import UNITS, Quantity

FIRST, LAST = datetime(1900, 1, 1), datetime(2100, 1, 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
AMOUNTS = st.decimals(0, Decimal("999999999999.999999"), allow_nan=False, allow_infinity=False, places=6)
QUANTITIES = st.builds(Quantity, AMOUNTS, st.sampled_from(sorted(UNITS)))
DAYS = st.dates(FIRST.date(), LAST.date())
MOMENTS = st.datetimes(FIRST, LAST) | st.datetimes(FIRST, LAST, timezones=st.just(UTC))
SINGLE: dict[Any, SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(-1000, 1000),
    bool: st.booleans(),
    Decimal: AMOUNTS,
    Quantity: QUANTITIES,
    date: DAYS,
    datetime: MOMENTS,
    type(None): st.none(),
}


@cache
def any_of(kind: Any) -> SearchStrategy[Any]:
    """Every value that the type allows, with few items in each list."""
    if kind in SINGLE:
        return SINGLE[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(any_of, arguments))
    if origin is tuple:
        return st.lists(any_of(arguments[0]), max_size=2).map(tuple)
    if origin is frozenset:
        return st.frozensets(any_of(arguments[0]), max_size=2)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(any_of(arguments[0]), any_of(arguments[1]), max_size=2)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{name: any_of(hint) for name, hint in hints.items()})
    if issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    raise TypeError(kind)


ENCOUNTERS: SearchStrategy[Encounter] = any_of(Encounter)
