"""Finding a patient by name, record number or birth date, and what their page shows."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from injections.imports import cells
from injections.imports.cells import CellError
from injections.models import Patient, Staff
from injections.models.columns import sort_key

MOST_FOUND = 50
LONGEST_SEARCH = 100


def find(by: Staff | Any, words: str) -> QuerySet[Patient]:
    """The patients meant, by name; one more than are shown where there are more."""
    mine = Patient.objects.for_user(by)
    return mine.filter(_meant(words[:LONGEST_SEARCH]))[: MOST_FOUND + 1]


def newest(by: Staff | Any, number: int = 12) -> QuerySet[Patient]:
    return Patient.objects.for_user(by).order_by("-created_at", "-pk")[:number]


def _meant(words: str) -> Q:
    """A birth date, or the beginning of a record number, or every word somewhere in the name."""
    try:
        return Q(birth_date=cells.day(words))
    except CellError:
        pass
    in_name = Q()
    for word in sort_key(words.replace(",", " ")).split():
        in_name &= Q(sort_name__contains=word)
    return in_name | Q(mrn__istartswith=words.strip()) if in_name else Q(pk__in=())
