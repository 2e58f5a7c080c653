"""The last day on which a payer takes a claim: from its own row, in days or as a calendar year."""

from __future__ import annotations

from datetime import date, timedelta

from billing.reference.payers import PayerValue

ONE_YEAR = "1 year"


def last_day(start: date, limit: PayerValue | None) -> date | None:
    """The last day, counted from ``start``; ``None`` where no limit is known. A leap day ends on 28 February."""
    if limit == ONE_YEAR:
        leap_day = (start.month, start.day) == (2, 29)
        return date(start.year + 1, 2, 28) if leap_day else start.replace(year=start.year + 1)
    known = isinstance(limit, int) and not isinstance(limit, bool)
    return start + timedelta(days=int(str(limit))) if known else None
