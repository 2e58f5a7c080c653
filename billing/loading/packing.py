"""The great imported tables, streamed from PostgreSQL into sorted numbers: a row never becomes a Python object."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import connection

from billing.models import AspPackage, LocalityAmount, NcciPair, NdcPackage, PublishedRow
from billing.reference.packed import Packed, code_number, locality_number, package_number, pair_number
from billing.reference.published import PublishedFile, Span

Files = Mapping[int, PublishedFile]
#: what four bytes hold: an amount above 42 million dollars is no price of an act
MOST_CENTS = 2**32 - 1
#: none of these stands in a code or a date
_BETWEEN, _NOTHING = "\t", "\\N"


def pairs(files: Files, as_of: int | None) -> Packed:
    """NCCI's pairs; a pair that was taken back on its first day bars nothing."""
    packer = Packer(files, "B")
    order = 'column1 COLLATE "C", column2 COLLATE "C"'
    columns = ("column1", "column2", "modifier_indicator")
    for days, (one, other, indicator) in packer.stream(NcciPair, columns, order, as_of, "NOT never"):
        packer.add(pair_number(one, other), days, (int(indicator == "1"),))
    return packer.packed()


def locality_amounts(files: Files, as_of: int | None) -> Packed:
    """Amounts in cents, in the office and in a facility."""
    packer = Packer(files, "II")
    columns = ("contractor || locality", "code", "(office * 100)::bigint", "(facility * 100)::bigint")
    order = 'contractor COLLATE "C", locality COLLATE "C", code COLLATE "C"'
    for days, (locality, code, office, facility) in packer.stream(
        LocalityAmount, columns, order, as_of, "modifier = ''"
    ):
        cents = (int(office), int(facility))
        if max(cents) <= MOST_CENTS:
            packer.add(locality_number(locality, code), days, cents)
    return packer.packed()


def crosswalk(files: Files, as_of: int | None) -> Packed:
    """The codes of packages. A number in no shape of an NDC is nothing that a vial can show."""
    packer = Packer(files, "I")
    rows = packer.stream(AspPackage, ("ndc", "code"), "id", as_of, "TRUE")
    for number, days, code in sorted(_numbered(rows)):
        packer.add(number, days, (code,))
    return packer.packed()


def listed_packages(files: Files, as_of: int | None) -> Packed:
    """FDA's packages, on the days on which they are marketed."""
    packer = Packer(files, "")
    rows = packer.stream(NdcPackage, ("ndc", "'00000'"), "id", as_of, "TRUE")
    for number, days, _ in sorted(_numbered(rows)):
        packer.add(number, days, ())
    return packer.packed()


def _numbered(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, int, int]]:
    for days, (ndc, code) in rows:
        package, number = package_number(ndc), code_number(code)
        if package is not None and number is not None:
            yield package, days, number


class Packer:
    """Fills the columns of one table, each of a type of :mod:`array`. Rows come in the order of their keys."""

    def __init__(self, files: Files, types: str) -> None:
        self.files = files
        self._keys, self._spans = array("Q"), array("I")
        self._columns = tuple(array(type_) for type_ in types)
        self._days: dict[tuple[str, str, str], int] = {}

    def stream(
        self, model: type[PublishedRow], columns: tuple[str, ...], order: str, as_of: int | None, only: str
    ) -> Iterator[tuple[int, list[str]]]:
        """Each row as the number of its days and its columns as text."""
        named = ", ".join(("since", "until", "source_id", *columns))
        stood, values = _stood(as_of)
        query = f"SELECT {named} FROM {model._meta.db_table} WHERE {stood} AND {only} ORDER BY {order}"  # nosec B608 # noqa: S608 - every part stands in this file
        # psycopg's own cursor: the one that Django hands out under DEBUG copies without values.
        with connection.cursor() as cursor, cursor.cursor.copy(f"COPY ({query}) TO STDOUT", values) as rows:
            for row in rows:
                since, until, source, *cells = bytes(row).decode().rstrip("\n").split(_BETWEEN)
                yield self._days.setdefault((since, until, source), len(self._days)), cells

    def add(self, key: int | None, days: int, values: tuple[int, ...]) -> None:
        if key is None:
            return
        self._keys.append(key)
        self._spans.append(days)
        for column, value in zip(self._columns, values, strict=True):
            column.append(value)

    def packed(self) -> Packed:
        days = tuple(Span(_day(since), _day(until), self.files[int(source)]) for since, until, source in self._days)
        return Packed(self._keys, self._spans, self._columns, days)


def _stood(as_of: int | None) -> tuple[str, Any]:
    """Which rows stand now, or stood in an edition."""
    if as_of is None:
        return "withdrawn_in_id IS NULL", None
    return "published_in_id <= %s AND (withdrawn_in_id IS NULL OR withdrawn_in_id > %s)", (as_of, as_of)


def _day(text: str) -> date | None:
    return None if text == _NOTHING else date.fromisoformat(text)
