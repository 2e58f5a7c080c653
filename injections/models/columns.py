"""Kinds of columns that several nouns share, so that one amount is stored one way everywhere."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from injections.quantity import UNITS, Quantity, plain


def sort_key(*parts: str) -> str:
    """How a name sorts and is searched: without case and accents, so that Núñez stands beside Nunez.

    Kept in a column of its own because not every PostgreSQL is built with ICU collations.
    """
    folded = unicodedata.normalize("NFKD", " ".join(part for part in parts if part)).casefold()
    return "".join(letter for letter in folded if not unicodedata.combining(letter))[:200]


def amount_column() -> models.DecimalField[Any, Any]:
    """The number of a dose: up to ten digits before the point and four after it."""
    return models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)


def unit_column() -> models.CharField[Any, Any]:
    return models.CharField(max_length=8, blank=True, choices=[(unit, unit) for unit in UNITS])


def quantity_or_none(amount: Decimal | None, unit: str) -> Quantity | None:
    """The amount as a value. Columns hold four decimals; a value holds none that mean nothing."""
    return None if amount is None else Quantity(Decimal(plain(amount)), unit)


def paired(one: str, other: str, name: str) -> models.CheckConstraint:
    """Both columns are stated or neither is (who and when)."""
    both = Q(**{f"{one}__isnull": True, f"{other}__isnull": True})
    neither = Q(**{f"{one}__isnull": False, f"{other}__isnull": False})
    return models.CheckConstraint(condition=both | neither, name=name)


#: no day and no moment of a clinic lies outside; one that did could not be shown in every time zone
DAYS = ("1900-01-01", "2100-12-31")
MOMENTS = ("1900-01-01T00:00Z", "2101-01-01T00:00Z")
#: the least and the most of a dose, in whatever unit
AMOUNTS = (0, 9_999_999_999)


def within(name: str, *, days: str = "", moments: str = "", **numbers: tuple[int, int]) -> models.CheckConstraint:
    """Bounds of the table itself, for whoever writes. Columns are named with blanks between them; an absent value,
    about which a condition is neither true nor false, is let through.
    """
    bounds = {
        **dict.fromkeys(days.split(), DAYS),
        **dict.fromkeys(moments.split(), MOMENTS),
        **numbers,
    }
    condition = Q(**{f"{column}__range": bound for column, bound in bounds.items()})
    return models.CheckConstraint(condition=condition, name=name)


def whole_amount(amount: str, unit: str, name: str) -> models.CheckConstraint:
    """An amount of zero or more has a unit, and a unit has an amount.

    A condition that is neither true nor false lets a row through, so that "is there" is said beside every comparison.
    """
    absent = Q(**{f"{amount}__isnull": True, unit: ""})
    present = Q(**{f"{amount}__isnull": False, f"{amount}__gte": 0}) & ~Q(**{unit: ""})
    return models.CheckConstraint(condition=absent | present, name=name)
