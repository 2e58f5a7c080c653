"""The public tables: what identifies a row, and how a file of the table speaks about days of service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from billing.imports import rows


class Speaks(StrEnum):
    """How the rows of a file get their days."""

    #: each row carries its own first and last day
    BY_ROW = "by row"
    #: the file says how the table stands on the days that it holds for
    AS_A_WHOLE = "as a whole"


@dataclass(frozen=True, slots=True)
class Table:
    """One public table. ``row`` names the model too. ``key``: the columns that one row a day may have.

    ``lasting``: a row of this table holds until a later file says otherwise, so that a quarter that changed
    nothing writes nothing. Prices end with their period instead: a neighbouring quarter is not an answer.
    ``first_wins``: where a file repeats a key, the first line counts (FDA lists a product once per label).
    """

    name: str
    row: Any
    key: tuple[str, ...]
    speaks: Speaks
    lasting: bool = False
    first_wins: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.row._fields)


class Stated(NamedTuple):
    """What one line of the file says. No first day: it held before the file's memory."""

    line: int
    since: date | None
    until: date | None
    row: Any


@dataclass(frozen=True, slots=True)
class Published:
    """A file, read so far that we know what it is. ``rows`` is read once, line by line.

    The file speaks for the days ``since`` to ``until``; its rows, where they carry no days of their own, hold to
    ``rows_until``. ``whole``: what it does not name is not in force. ``bare``: it names codes and proves nothing.
    """

    table: Table
    since: date
    until: date | None
    rows: Iterator[Stated]
    rows_until: date | None = None
    whole: bool = True
    bare: bool = False
    remark: str = ""


HCPCS = Table("hcpcs", rows.HcpcsCode, ("code",), Speaks.BY_ROW)
ASP_LIMITS = Table("asp-limits", rows.AspLimit, ("code",), Speaks.AS_A_WHOLE)
ASP_PACKAGES = Table("asp-crosswalk", rows.AspPackage, ("code", "ndc"), Speaks.AS_A_WHOLE)
NCCI_PAIRS = Table("ncci-pairs", rows.NcciPair, ("column1", "column2", "never"), Speaks.BY_ROW)
MUE = Table("mue", rows.MueLimit, ("code",), Speaks.AS_A_WHOLE, lasting=True)
ADD_ON_CODES = Table("add-on-codes", rows.AddOnCode, ("add_on", "primary"), Speaks.BY_ROW)
ICD10CM = Table("icd-10-cm", rows.Icd10Code, ("code",), Speaks.AS_A_WHOLE, lasting=True)
FEE_SCHEDULE = Table("fee-schedule", rows.RelativeValue, ("code", "modifier"), Speaks.AS_A_WHOLE)
LOCALITY_AMOUNTS = Table(
    "locality-amounts", rows.LocalityAmount, ("contractor", "locality", "code", "modifier"), Speaks.AS_A_WHOLE
)
GPCI = Table("gpci", rows.GpciLocality, ("state", "contractor", "locality"), Speaks.AS_A_WHOLE)
PLACES = Table("place-of-service", rows.PlaceOfService, ("code",), Speaks.AS_A_WHOLE, lasting=True)
NDC_PRODUCTS = Table("ndc-products", rows.NdcProduct, ("ndc",), Speaks.BY_ROW, first_wins=True)
NDC_PACKAGES = Table("ndc-packages", rows.NdcPackage, ("ndc",), Speaks.BY_ROW, first_wins=True)

TABLES = (
    HCPCS,
    ASP_LIMITS,
    ASP_PACKAGES,
    NCCI_PAIRS,
    MUE,
    ADD_ON_CODES,
    ICD10CM,
    FEE_SCHEDULE,
    LOCALITY_AMOUNTS,
    GPCI,
    PLACES,
    NDC_PRODUCTS,
    NDC_PACKAGES,
)
