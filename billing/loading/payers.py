"""Payer files: who wants what, since when, and on whose word."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from billing.reference.payers import Demand, Payer, PayerValue

_KEYS = {"key", "name", "kind", "follows", "wants"}
_ROW = {"demand", "value", "since", "until", "source"}


class PayerError(ValueError):
    """A payer file that cannot be understood, named with its place."""


def load_payers(folder: Path) -> dict[str, Payer]:
    """Every payer of the folder by key; what it follows is built first."""
    tables = {path.stem: _table(path) for path in sorted(folder.glob("*.toml"))}
    payers: dict[str, Payer] = {}
    for key in tables:
        _build(key, tables, payers, ())
    return payers


def _table(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        table = tomllib.load(file)
    strange = set(table) - _KEYS
    if strange or table.get("key") != path.stem:
        raise PayerError(f"{path.name}: {', '.join(sorted(strange)) or 'key'} is not what a payer file says")
    return table


def _build(key: str, tables: Mapping[str, dict[str, Any]], built: dict[str, Payer], below: tuple[str, ...]) -> Payer:
    if key in built:
        return built[key]
    if key not in tables or key in below:
        raise PayerError(f"{key}: follows nobody, or itself")
    table = tables[key]
    follows = _build(table["follows"], tables, built, (*below, key)) if table.get("follows") else None
    demands = tuple(_demand(key, row) for row in table.get("wants", ()))
    for one, other in combinations(demands, 2):
        if one.key == other.key and _overlap(one, other):
            raise PayerError(f"{key}.toml: {one.key} stands twice for the same days")
    built[key] = Payer(key, table["name"], table["kind"], demands, follows)
    return built[key]


def _overlap(one: Demand, other: Demand) -> bool:
    earliest, latest = date.min, date.max
    return (one.since or earliest) <= (other.until or latest) and (other.since or earliest) <= (one.until or latest)


def _demand(payer: str, row: Mapping[str, Any]) -> Demand:
    if set(row) - _ROW or "demand" not in row or "value" not in row or not row.get("source"):
        raise PayerError(f"{payer}.toml: a wants row needs demand, value and source, and knows since and until")
    return Demand(row["demand"], frozen(row["value"]), row.get("since"), row.get("until"), row["source"])


def frozen(value: Any) -> PayerValue:
    """The value of a demand as the rules see it."""
    if isinstance(value, list):
        return tuple(str(v) for v in value)
    if isinstance(value, Mapping):
        return {str(k): str(v) for k, v in value.items()}
    if isinstance(value, bool | int | str):
        return value
    raise PayerError(f"{value!r} is not a value that a demand can have")
