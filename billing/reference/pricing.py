"""What Medicare allows for one unit on a day: drugs by their price file, services by the fee schedule and the place."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from billing.reference.fees import NATION, Factors, amount, find_locality, reckoning
from billing.reference.published import Span, held
from billing.reference.tables import Price

if TYPE_CHECKING:
    from billing.reference.view import View

CENTS = Decimal(100)
LOCALITY_DIGITS = 7


def drug_price(view: View, code: str) -> Price | None:
    """A drug's limit. A code that a whole file leaves out, or names without a price, has no known price that day."""
    stands = view.standing("asp")
    row = held(view.whole.imported.drug_prices.get(code, ()), view.day) if stands.imported else None
    if row is not None or stands.complete:
        return row[1] if row else None
    return _shipped(view, code)


def fee(view: View, code: str, *, facility: bool, locality: str | None) -> Price | None:
    """The locality's own amount, else from the relative values and its factors, else the national one."""
    where = find_locality(locality, view.whole.imported.localities(view.day)) if locality else None
    own = _of_locality(view, code, where.key if where else _digits(locality), facility=facility)
    return own or _by_relative_values(view, code, where or NATION, facility=facility) or _national(view, code, facility)


def no_local_amounts(view: View, locality: str) -> str | None:
    """Why amounts are national although somebody named a locality."""
    if len(_digits(locality)) == LOCALITY_DIGITS and _of_the_year(view, "locality-amounts"):
        return None
    known = view.whole.imported.localities(view.day)
    if not known:
        return "no geographic factors are loaded for this date: amounts are national"
    if find_locality(locality, known) is None:
        return f"{locality} is not one locality of the geographic factors: amounts are national"
    loaded = _of_the_year(view, "fee-schedule")
    return None if loaded else "no relative values are loaded for this year: amounts are national"


def _of_the_year(view: View, table: str) -> bool:
    """Whether a yearly table has begun. Its rows hold to the end of the year."""
    files = view.whole.imported.files
    return any(f.table == table and f.since <= view.day and f.since.year == view.day.year for f in files)


def _shipped(view: View, code: str) -> Price | None:
    rows = view.whole.prices.get(code, ())
    return next((p for p in rows if p.since <= view.day <= p.until), None)


def _national(view: View, code: str, facility: bool) -> Price | None:
    """What ships is the office's amount. In a facility it is no answer."""
    return None if facility else _shipped(view, code)


def _digits(locality: str | None) -> str:
    """Contractor and locality: seven digits are enough to look an amount up, with factors or without."""
    return "".join(c for c in locality or "" if c.isdecimal() and c.isascii())


def _of_locality(view: View, code: str, key: str, *, facility: bool) -> Price | None:
    """The published amount of the locality. Zero is how the file writes that there is none."""
    row = view.whole.imported.locality_cents(key, code, view.day) if len(key) == LOCALITY_DIGITS else None
    cents = row[1][1 if facility else 0] if row else 0
    if row is None or not cents:
        return None
    how = f"published for {key[:5]}-{key[5:]}"
    return _price(code, Decimal(cents) / CENTS, row[0], "locality-amounts", how=how, local=True)


def _by_relative_values(view: View, code: str, where: Factors, *, facility: bool) -> Price | None:
    row = held(view.whole.imported.relative_values.get(code, ()), view.day)
    dollars = amount(row[1], where, facility=facility) if row else None
    if row is None or dollars is None:
        return None
    values, how = row[1], f"{reckoning(row[1], where, facility=facility)}, {where.name}"
    marks = {"multiple": values.multiple, "bilateral": values.bilateral}
    return _price(code, dollars, row[0], "fee-schedule", how=how, local=where is not NATION, **marks)


def _price(code: str, dollars: Decimal, span: Span, table: str, *, how: str, local: bool, **marks: str) -> Price:
    since, until = span.since or span.file.since, span.until or span.file.end
    return Price(code, dollars, since, until, span.file.name, None, table, span.file.edition, how, local, **marks)
