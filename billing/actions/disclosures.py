"""What the bill sent about a patient: each visit's lines in each file for the practice-management system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from billing.models import ExportedLine
from injections.reading.disclosures import Disclosure

TO_WHOM = "Practice-management system"


def sent(patient_id: int, since: datetime, until: datetime) -> Iterator[Disclosure]:
    """One for each visit and file, with the codes that went."""
    lines = ExportedLine.objects.filter(
        line__review__encounter__patient_id=patient_id, export__at__gte=since, export__at__lt=until
    )
    related = ("export__by", "line__review__encounter")
    ordered = lines.select_related(*related).order_by("export_id", "line__review_id", "line__line_no")
    for _, group in groupby(ordered, key=lambda row: (row.export_id, row.line.review_id)):
        rows = list(group)
        first, review = rows[0], rows[0].line.review
        day = review.encounter.date
        codes = ", ".join(row.line.code for row in rows)
        yield Disclosure(
            at=first.export.at,
            to_whom=f"{TO_WHOM}, to bill {review.payer_name}" if review.payer_name else TO_WHOM,
            what=f"Claim lines of the visit of {day.day} {day:%b} {day.year}: {codes}",
            purpose="Payment",
            by=first.export.by.signs_as,
            exempt=True,
        )
