"""When two lot numbers are one: whatever the case, and the blanks round them."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from django.db.models.functions import Trim, Upper

Row = TypeVar("Row", bound=Model)


def written(number: str) -> str:
    """The one way in which a lot number is written here."""
    return number.strip().upper()


def numbered(rows: QuerySet[Row], *numbers: str, column: str = "number") -> QuerySet[Row]:
    """Those of one of these lot numbers."""
    key: Any = Upper(Trim(column))
    return cast("QuerySet[Row]", rows.alias(lot_key=key).filter(lot_key__in=[written(one) for one in numbers]))
