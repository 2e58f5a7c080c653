"""Medicare's payment limits for drugs, one file a quarter (CSV; formerly "ASP Pricing File").

Some lines of preamble, one of them with the effective dates, then the header. One row a code: dollars per billing
unit. ``N/A`` stands where the notes tell the price; such a row has no amount. Trailing empty columns come and go.
"""

from __future__ import annotations

from billing.imports.cells import Cells
from billing.imports.periods import Asked, named, stated
from billing.imports.records import records, with_header
from billing.imports.rows import AspLimit
from billing.imports.source import Source
from billing.imports.tables import ASP_LIMITS, Published, Stated

_NEEDED = {
    "code": ("HCPCS Code",),
    "dosage": ("HCPCS Code Dosage",),
    "amount": ("Payment Limit",),
    "coinsurance": ("Co-insurance Percentage",),
    "notes": ("Notes",),
}
_OPTIONAL = {
    "vaccine_limit": ("Vaccine Limit",),
    "blood_limit": ("Blood limit",),
    "furnishing_fee": ("Clotting Factor",),
}
_NO_AMOUNT = "N/A"
_HUNDRED = 100


def read(source: Source, asked: Asked) -> Published:
    before, columns, found = with_header(records(source), _NEEDED, _OPTIONAL, strict=not source.is_workbook)
    told = stated(cell for record in before for cell in record.cells)
    days = asked.quarter(told or named(source.names))
    rows = (_stated(columns.cells(record)) for record in found)
    return Published(ASP_LIMITS, days.since, days.until, rows, rows_until=days.until, whole=not asked.excerpt)


def _stated(cells: Cells) -> Stated:
    notes = cells.text("notes", 400)
    priced = cells.texts["amount"].upper() != _NO_AMOUNT
    if not priced and not notes:
        raise cells.refuse("the payment limit is N/A and no note tells the price")
    coinsurance = cells.amount("coinsurance")
    if coinsurance > _HUNDRED:
        raise cells.refuse(f"a coinsurance of {coinsurance} percent is more than the whole")
    row = AspLimit(
        code=cells.code("code"),
        dosage=cells.text("dosage", 120),
        amount=cells.amount("amount") if priced else None,
        coinsurance=coinsurance,
        vaccine_limit=cells.amount_or_none("vaccine_limit"),
        blood_limit=cells.amount_or_none("blood_limit"),
        furnishing_fee=cells.one_of("furnishing_fee", {"": "", "0": "", "1": "yes"}) == "yes",
        notes=notes,
    )
    return Stated(cells.line, None, None, row)
