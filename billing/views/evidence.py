"""The rows and tables behind a stored answer, as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from billing.loading.rows import read_payers
from billing.models import ClaimLine, Review
from injections.facts import Encounter, Product


def lines(review: Review, answer: dict[str, Any], visit: Encounter | None = None) -> list[ClaimLine]:
    """The lines with what the answer says about each beside the columns: both parts of the money, and the rows used.

    A line that bills a drug names it.

    An answer from before lines had them shows none.
    """
    found = list(review.lines.all())
    for line, told in zip(found, answer.get("lines", []), strict=False):
        line.payer_share = amount(told.get("payer_share"))  # type: ignore[attr-defined]  # for the template only
        line.patient_share = amount(told.get("patient_share"))  # type: ignore[attr-defined]  # for the template only
        line.rests_on = told.get("reference", [])  # type: ignore[attr-defined]  # for the template only
    for line in found:
        line.drug = drug_of(line, visit) if visit else None  # type: ignore[attr-defined]  # for the template only
    return found


def drug_of(line: ClaimLine, visit: Encounter) -> Product | None:
    """The drug whose code the line carries."""
    given = (dose.product for dose in visit.administrations if dose.id in line.administrations and dose.product)
    return next((product for product in given if any(c.code == line.code for c in product.codings)), None)


def no_price(review: Review) -> str:
    """Why a line of this answer has no price: we hold none of its payer, or none for the code on the day."""
    if not review.payer_key:
        return "no payer is on file"
    payer = read_payers(review.practice_id).get(review.payer_key)
    asked = payer.demand("fee-schedule", review.encounter.date) if payer else None
    if asked is None or asked.value != "medicare":
        return "this payer publishes no prices"
    return "no price is published for this code and day"


def amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def tables_behind(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each table that any line used, once, with its days, its source and why it proves nothing, where it does not."""
    rows = (row for line in lines for row in line.get("reference", []))
    found = {(row["table"], row["period"], row["source"]): row for row in rows}
    return [found[key] for key in sorted(found)]
