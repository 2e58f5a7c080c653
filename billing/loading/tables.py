"""Code files: each public table as rows of the reference. See README.md for where each comes from."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from billing.reference.tables import (
    DiagnosisCodes,
    PairEdit,
    Period,
    Place,
    Price,
    Replacement,
    UnitLimit,
    UsuallySelfGiven,
)

Coded = TypeVar("Coded", Price, Replacement, UsuallySelfGiven)


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a folder."""

    places: Mapping[str, Place]
    pairs: Mapping[tuple[str, str], PairEdit]
    limits: Mapping[str, UnitLimit]
    prices: Mapping[str, tuple[Price, ...]]
    replacements: Mapping[str, tuple[Replacement, ...]]
    self_given: Mapping[str, tuple[UsuallySelfGiven, ...]]
    diagnoses: DiagnosisCodes
    periods: tuple[Period, ...]


def load_tables(folder: Path) -> Tables:
    prices = (
        Price(r["code"], Decimal(r["amount"]), _day(r["since"]), _day(r["until"]), r["source"])
        for r in _rows(folder / "prices.csv")
    )
    replacements = (
        Replacement(r["code"], _day(r["until"]), r["successor"], r["source"])
        for r in _rows(folder / "replacements.csv")
    )
    periods = (
        Period(r["table"], _day(r["since"]), _day(r["until"]), r["source"]) for r in _rows(folder / "periods.csv")
    )
    return Tables(
        places={r["code"]: Place(r["code"], r["name"], r["facility"] == "yes") for r in _rows(folder / "places.csv")},
        pairs={(p.column1, p.column2): p for p in map(_pair, _rows(folder / "ncci_pairs.csv"))},
        limits={limit.code: limit for limit in map(_limit, _rows(folder / "unit_limits.csv"))},
        prices=_by_code(prices),
        replacements=_by_code(replacements),
        self_given=_by_code(map(_self_given, _rows(folder / "self_administered.csv"))),
        diagnoses=_diagnoses(folder / "icd10cm_2026.txt.gz"),
        periods=tuple(periods),
    )


def _by_code(rows: Iterable[Coded]) -> dict[str, tuple[Coded, ...]]:
    found: dict[str, tuple[Coded, ...]] = {}
    for row in rows:
        found[row.code] = found.get(row.code, ()) + (row,)  # noqa: RUF005 - mypy loses the type of an unpacked one
    return found


def _pair(row: Mapping[str, str]) -> PairEdit:
    return PairEdit(row["column1"], row["column2"], row["modifier_indicator"] == "1")


def _limit(row: Mapping[str, str]) -> UnitLimit:
    return UnitLimit(row["code"], int(row["units"]), int(row["indicator"]))


def _self_given(row: Mapping[str, str]) -> UsuallySelfGiven:
    return UsuallySelfGiven(
        code=row["code"],
        routes=frozenset(row["routes"].split()),
        since=_day(row["since"]),
        until=_day(row["until"]) if row["until"] else None,
        contractor=row["contractor"] or None,
        source=row["source"],
    )


def _diagnoses(path: Path) -> DiagnosisCodes:
    """One code a line; a heading ends in a hyphen."""
    with gzip.open(path, "rt", encoding="ascii") as file:
        lines = file.read().split()
    headings = frozenset(line[:-1] for line in lines if line.endswith("-"))
    return DiagnosisCodes(frozenset(line for line in lines if not line.endswith("-")), headings)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date:
    return date.fromisoformat(text)
