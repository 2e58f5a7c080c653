"""The rows and tables behind a stored answer, as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from billing.models import ClaimLine, Review


def lines(review: Review, answer: dict[str, Any]) -> list[ClaimLine]:
    """The lines with what the answer says about each beside the columns: both parts of the money, and the rows used.

    An answer from before lines had them shows none.
    """
    found = list(review.lines.all())
    for line, told in zip(found, answer.get("lines", []), strict=False):
        line.payer_share = amount(told.get("payer_share"))  # type: ignore[attr-defined]  # for the template only
        line.patient_share = amount(told.get("patient_share"))  # type: ignore[attr-defined]  # for the template only
        line.rests_on = told.get("reference", [])  # type: ignore[attr-defined]  # for the template only
    return found


def amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def tables_behind(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each table that any line used, once, with its days, its source and why it proves nothing, where it does not."""
    rows = (row for line in lines for row in line.get("reference", []))
    found = {(row["table"], row["period"], row["source"]): row for row in rows}
    return [found[key] for key in sorted(found)]
