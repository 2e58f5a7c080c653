"""What the bill sent about a patient: each visit's lines in each file for the practice-management system; tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps

from billing.models import ExportedLine
from injections.audit.capture import EXPORTED
from injections.audit.report import Question, everything
from injections.days import written_day
from injections.reading.disclosures import NOT_SAID, Disclosure

TO_WHOM = "Practice-management system"
TABLE = "billing:replay_table"


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
            what=f"Claim lines of the visit of {written_day(day)}: {codes}",
            purpose="Payment",
            by=first.export.by.signs_as,
            exempt=True,
        )


def downloaded(patient: Any, since: datetime, until: datetime) -> Iterator[Disclosure]:
    """Tables of what would change that name them. Who was given the file is not known here."""
    asked = Question(patient.practice_id, since, until, patient_id=patient.pk, action=EXPORTED)
    lines = [line for line in everything(asked) if line.subject == TABLE]
    people = apps.get_model("injections", "Staff").objects.in_bulk({line.person_id for line in lines} - {None})
    for line in lines:
        person = people.get(line.person_id)
        yield Disclosure(
            at=line.at,
            to_whom=NOT_SAID,
            what="Lines in a table of what would be billed differently",
            purpose="The practice’s own work: downloaded as a file",
            by=person.signs_as if person else "",
            exempt=True,
        )
