"""A recall on paper: the call list as a table, and a letter for each patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from injections.models import Recall, Staff
from injections.reading.recalled import Reach
from injections.templatetags.words import full_day

COLUMNS = ("Family name", "Given name", "Born", "MRN", "Telephone", "Doses given on", "Location", "Tries", "Last try")


def as_rows(people: Iterable[Reach]) -> Iterator[tuple[Any, ...]]:
    for one in people:
        patient = one.patient
        yield (
            patient.family_name, patient.given_name, patient.birth_date, patient.mrn, patient.phone,
            "; ".join(full_day(dose.given_at or dose.encounter.date) for dose in one.doses),
            "; ".join(sorted({dose.encounter.location.name for dose in one.doses})),
            len(one.contacts), str(one.last or ""),
        )  # fmt: skip


def letters(recall: Recall, people: Iterable[Reach], by: Staff, on: date) -> dict[str, Any]:
    """What the letters print. The reason is the one that was written down when the lot was stopped."""
    place = by.location
    where = (place.address, place.city, place.state, place.postal_code) if place else ()
    return {
        "practice": by.practice.name if by.practice else "",
        "address": ", ".join(part for part in where if part),
        "on": full_day(on),
        "drug": recall.product.name,
        "lot": recall.number,
        "reason": recall.reason,
        "signed": by.signs_as,
        "patients": [_addressed(one) for one in people],
    }


def _addressed(one: Reach) -> dict[str, Any]:
    patient = one.patient
    return {
        "name": patient.spoken_name,
        "street": patient.address,
        "city": " ".join(part for part in (patient.city, patient.state, patient.postal_code) if part),
        "days": ", ".join(full_day(dose.given_at or dose.encounter.date) for dose in one.doses),
    }
