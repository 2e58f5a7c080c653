"""Who works here, and a first password that somebody can read out."""

from __future__ import annotations

import secrets
from typing import Any

from django.db.models import QuerySet

from injections.models import Staff

#: letters and digits that nobody mistakes for each other
LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


def colleagues(by: Staff | Any) -> QuerySet[Staff]:
    """Everybody of the practice, those who may sign in first."""
    mine = Staff.objects.filter(practice_id=by.practice_id) if by.practice_id else Staff.objects.none()
    return mine.select_related("location").order_by("-is_active", "sort_name")


def one_time_password() -> str:
    """Four groups of four, such as "k7wd-m2pq-xh9t-rv4c": about 79 bits."""
    groups = ("".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
