"""FDA's NDC directory: ``product.txt`` and ``package.txt`` (tab separated, cp1252), each imported by itself.

Days are those of marketing. No length of a drug number is assumed: FDA writes 4-4-2, 5-3-2 and 5-4-1 today and 6-4-2
from 2033; billing's 11 digits are made from the segments where they are needed, not here.
"""

from __future__ import annotations

from billing.imports.asp_crosswalk import ndc
from billing.imports.cells import Cells
from billing.imports.periods import Asked, named
from billing.imports.records import Columns, Record, records, with_header
from billing.imports.rows import NdcPackage, NdcProduct
from billing.imports.source import Source
from billing.imports.tables import NDC_PACKAGES, NDC_PRODUCTS, Published, Stated

_BOTH = {"product": ("PRODUCTNDC",), "start": ("STARTMARKETINGDATE",), "end": ("ENDMARKETINGDATE",)}
_PACKAGE = {**_BOTH, "ndc": ("NDCPACKAGECODE",), "description": ("PACKAGEDESCRIPTION",)}
_PRODUCT = {
    **_BOTH,
    "kind": ("PRODUCTTYPENAME",),
    "name": ("PROPRIETARYNAME",),
    "suffix": ("PROPRIETARYNAMESUFFIX",),
    "generic": ("NONPROPRIETARYNAME",),
    "form": ("DOSAGEFORMNAME",),
    "routes": ("ROUTENAME",),
    "category": ("MARKETINGCATEGORYNAME",),
    "application": ("APPLICATIONNUMBER",),
    "labeler": ("LABELERNAME",),
    "substances": ("SUBSTANCENAME",),
    "strengths": ("ACTIVE_NUMERATOR_STRENGTH",),
    "units": ("ACTIVE_INGRED_UNIT",),
    "schedule": ("DEASCHEDULE",),
}
_OPTIONAL = {"excluded": ("NDC_EXCLUDE_FLAG",), "sample": ("SAMPLE_PACKAGE",)}
_FLAG = {"": "", "N": "", "Y": "yes", "E": "yes", "U": "yes", "I": "yes"}
_LONG = 2000


def read(source: Source, asked: Asked) -> Published:
    """Packages where the header has a column for them, else products."""
    packages = _has_packages(source)
    found = records(source, "\t", quoted=False)
    needed = _PACKAGE if packages else _PRODUCT
    _, columns, found = with_header(found, needed, _OPTIONAL, strict=not source.is_workbook)
    days = asked.days(named(source.names))
    table = NDC_PACKAGES if packages else NDC_PRODUCTS
    rows = (_stated(columns, record, packages=packages) for record in found)
    return Published(table, days.since, days.until, rows, whole=False)


def _has_packages(source: Source) -> bool:
    first = next(records(source, "\t", quoted=False), None)
    return first is not None and "NDCPACKAGECODE" in first.cells


def _stated(columns: Columns, record: Record, *, packages: bool) -> Stated:
    cells = columns.cells(record)
    row = _package(cells) if packages else _product(cells)
    return Stated(cells.line, cells.day("start"), cells.day_or_none("end"), row)


def _package(cells: Cells) -> NdcPackage:
    return NdcPackage(
        ndc=ndc(cells, "ndc"),
        product=ndc(cells, "product"),
        description=cells.text("description", _LONG),
        sample=_flag(cells, "sample"),
        excluded=_flag(cells, "excluded"),
    )


def _product(cells: Cells) -> NdcProduct:
    lengths = {"kind": 60, "schedule": 5, "application": 40, "category": 80, "suffix": 200}
    texts = {name: cells.text(name, lengths.get(name, _LONG)) for name in _PRODUCT if name not in _BOTH}
    return NdcProduct(ndc=ndc(cells, "product"), excluded=_flag(cells, "excluded"), **texts)


def _flag(cells: Cells, name: str) -> bool:
    return cells.one_of(name, _FLAG) == "yes" if name in cells.texts else False
