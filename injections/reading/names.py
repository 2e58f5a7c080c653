"""Names on a list: which can be mistaken for each other, and which somebody is looking for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Protocol

from injections.models import Patient
from injections.models.columns import sort_key

FAMILY_ALIKE, GIVEN_ALIKE = 0.75, 0.6
DATES = ("%m/%d/%Y", "%m-%d-%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%m%d%Y")


def alike(one: Patient, other: Patient) -> bool:
    """Whether a busy person could take one name for the other: Ana Lopez and Anna Lopes."""
    return (
        _ratio(one.family_name, other.family_name) >= FAMILY_ALIKE
        and _ratio(one.given_name, other.given_name) >= GIVEN_ALIKE
    )


class Named(Protocol):
    """A line of a list about one patient. ``similar`` says that another one's name can be taken for it."""

    patient: Patient
    similar: bool


def mark_similar(found: Sequence[Named]) -> None:
    """Mark every two patients of the list whose names can be taken for each other."""
    for first, second in _pairs(found):
        if first.patient.pk != second.patient.pk and alike(first.patient, second.patient):
            first.similar = second.similar = True


def _pairs(found: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Lines whose family names begin alike: only these are worth comparing."""
    by_name = sorted(found, key=lambda row: row.patient.sort_name)
    for position, row in enumerate(by_name):
        for other in by_name[position + 1 :]:
            if other.patient.sort_name[:2] != row.patient.sort_name[:2]:
                break
            yield row, other


def matches(patient: Patient, wanted: str) -> bool:
    """Whether these words find the patient: parts of the name in any order, the MRN, or the birth date."""
    born = as_date(wanted)
    if born is not None:
        return patient.birth_date == born
    words = sort_key(wanted.replace(",", " ")).split()
    return patient.mrn.casefold() == wanted.strip().casefold() or all(word in patient.sort_name for word in words)


def as_date(text: str) -> date | None:
    """A birth date in the ways people write it."""
    for shape in DATES:
        try:
            return datetime.strptime(text.strip().replace(",", ""), shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, sort_key(one), sort_key(other)).ratio()
