"""Saying where Medicare places a location on its fee schedule."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from billing.models import Locality


class NoLocality(ValueError):
    """What was said is not a contractor and a locality."""


@transaction.atomic
def place(location: Any, said: str) -> Locality:
    """Five digits of the contractor and two of the locality, ``10112-00``. Later visits are priced there."""
    match = re.fullmatch(r"([0-9]{5})[ -]?([0-9]{2})", said.strip(), re.ASCII)
    if match is None:
        raise NoLocality(f"'{said}' is not a contractor and a locality such as 10112-00")
    contractor, number = match.groups()
    columns = {"practice_id": location.practice_id, "contractor": contractor, "number": number}
    found, _ = Locality.objects.update_or_create(location_id=location.pk, defaults=columns)
    return found
