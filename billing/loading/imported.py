"""Imported rows to what the engine looks up: read once for an edition, the great tables straight into numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from billing.loading.packing import crosswalk, listed_packages, locality_amounts, pairs
from billing.models import (
    AddOnCode,
    AspLimit,
    GpciLocality,
    HcpcsCode,
    Icd10Code,
    MueLimit,
    PlaceOfService,
    PublishedRow,
    RelativeValue,
    SourceFile,
)
from billing.reference.fees import Factors, RelativeValues
from billing.reference.imported import NOTHING, Imported, Rows
from billing.reference.published import PublishedFile, Span
from billing.reference.tables import Place, Price, UnitLimit
from billing.reference.view import ANY_PRIMARY

Value = TypeVar("Value")
#: what the rules call a table that the import calls otherwise
NAMES = {"asp-limits": "asp"}
_PART = re.compile(r"-f([1-4])(?![0-9])", re.IGNORECASE)
#: add-on codes of these types stand beside codes that a contractor chose, too
_OPEN_TYPES = ("2", "3")


def imported(as_of: int | None = None) -> Imported:
    """The tables of the newest edition, or of the one with that key."""
    files = published_files(as_of)
    if not files:
        return NOTHING
    reader = Reader(files, as_of)
    return Imported(
        files=tuple(files.values()),
        pairs=pairs(files, as_of),
        limits=reader.rows(MueLimit, "code", ("code", "units", "indicator"), _limit),
        drug_prices=reader.drug_prices(),
        relative_values=reader.relative_values(),
        factors=reader.rows(GpciLocality, "contractor locality", _FACTORS, _factors),
        locality_amounts=locality_amounts(files, as_of),
        codes=reader.rows(HcpcsCode, "code", ("replaced_by",), _refers),
        add_ons=reader.rows(AddOnCode, "add_on", ("primary", "edit_type"), _primary),
        diagnoses=reader.diagnoses(),
        places=reader.rows(PlaceOfService, "code", ("code", "name", "facility"), _place),
        crosswalk=crosswalk(files, as_of),
        packages=listed_packages(files, as_of),
    )


def published_files(as_of: int | None = None) -> dict[int, PublishedFile]:
    """The files of an edition by key."""
    rows = SourceFile.objects.select_related("edition").order_by("pk")
    return {row.pk: _file(row) for row in (rows if as_of is None else rows.filter(edition__lte=as_of))}


def _file(row: SourceFile) -> PublishedFile:
    part = _PART.search(row.name)
    return PublishedFile(
        table=NAMES.get(row.table, row.table),
        name=row.name,
        edition=row.edition.digest,
        since=row.since,
        until=row.until,
        whole=row.whole,
        part=int(part.group(1)) if part else None,
    )


class Reader:
    """Rows of one edition. Equal days, amounts and answers are kept once."""

    def __init__(self, files: dict[int, PublishedFile], as_of: int | None) -> None:
        self.files, self.as_of = files, as_of
        self._kept: dict[Any, Any] = {}

    def kept(self, value: Value) -> Value:
        found: Value = self._kept.setdefault(value, value)
        return found

    def stated(
        self, model: type[PublishedRow], columns: Iterable[str], **only: str
    ) -> Iterator[tuple[Span, list[Any]]]:
        """Each row as its days and columns."""
        names = ("since", "until", "source_id", *columns)
        rows = in_edition(model.objects.filter(**only), self.as_of).order_by("pk").values_list(*names)
        for since, until, source, *values in rows.iterator(chunk_size=5000):
            yield self.kept(Span(since, until, self.files[source])), values

    def rows(self, model: type[PublishedRow], key: str, columns: tuple[str, ...], value: Any) -> Rows[Any]:
        """What each key holds: ``key`` names a column, or several with a blank between."""
        found: dict[str, tuple[tuple[Span, Any], ...]] = defaultdict(tuple)
        keys = key.split()
        for span, cells in self.stated(model, (*keys, *columns)):
            found["".join(cells[: len(keys)])] += (self.kept((span, value(*cells[len(keys) :]))),)
        return dict(found)

    def drug_prices(self) -> Rows[Price | None]:
        found: dict[str, tuple[tuple[Span, Price | None], ...]] = defaultdict(tuple)
        for span, (code, amount, share) in self.stated(AspLimit, ("code", "amount", "coinsurance")):
            found[code] += ((span, self._limit(span, code, amount, share)),)
        return dict(found)

    def _limit(self, span: Span, code: str, amount: Decimal | None, share: Decimal) -> Price | None:
        """An amount of nothing is no price."""
        file, since, until = span.file, span.since or span.file.since, span.until or span.file.end
        if not amount:
            return None
        return Price(code, self.kept(amount), since, until, file.name, self.kept(share), "asp", file.edition)

    def relative_values(self) -> Rows[RelativeValues]:
        """The rows without a modifier: an office gives the whole service."""
        found: dict[str, tuple[tuple[Span, RelativeValues], ...]] = defaultdict(tuple)
        for span, (code, *cells) in self.stated(RelativeValue, ("code", *_VALUES), modifier=""):
            found[code] += ((span, self._values(*cells)),)
        return dict(found)

    def _values(self, status: str, office_na: bool, facility_na: bool, *cells: Any) -> RelativeValues:
        work, office, facility, malpractice, conversion, *marks = map(self.kept, cells)
        paid = (None if office_na else office, None if facility_na else facility)
        return self.kept(RelativeValues(status, work, *paid, malpractice, conversion, *marks))

    def diagnoses(self) -> Rows[bool]:
        """A hundred thousand codes, of which most say the same: they share their answer."""
        found: dict[str, tuple[tuple[Span, bool], ...]] = {}
        for span, (code, complete) in self.stated(Icd10Code, ("code", "complete")):
            bare = code.replace(".", "")
            found[bare] = self.kept((*found.get(bare, ()), self.kept((span, complete))))
        return found


def in_edition(rows: Any, as_of: int | None) -> Any:
    """The rows that stand now, or stood in an edition."""
    return rows.live() if as_of is None else rows.as_of(as_of)


_FACTORS = ("contractor", "locality", "name", "state", "work", "practice", "malpractice")
_VALUES = (
    *("status", "office_na", "facility_na", "work", "practice_office", "practice_facility", "malpractice"),
    *("conversion_factor", "multiple", "bilateral"),
)


def _factors(contractor: str, locality: str, *rest: Any) -> Factors:
    return Factors(contractor + locality, *rest)


#: the indicator that holds up nothing, for a row that names none
_APPEALABLE = 3


def _limit(code: str, units: int, indicator: str) -> UnitLimit:
    return UnitLimit(code, units, int(indicator) if indicator.isdecimal() else _APPEALABLE)


def _refers(replaced_by: str) -> tuple[str, ...]:
    return tuple(replaced_by.split())


def _primary(primary: str, edit_type: str) -> tuple[str, ...]:
    return (primary, ANY_PRIMARY) if edit_type in _OPEN_TYPES else (primary,)


def _place(code: str, name: str, facility: bool | None) -> Place | None:
    """A number that is not assigned is no place."""
    return None if facility is None else Place(code, name, facility)
