"""Who works here, for the lists of a page: colleagues, and practitioners who were present on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from injections.models import Location, Presence, Staff
from injections.models.staff import Role
from injections.policy import CLINICAL
from injections.reading.day import bounds


def colleagues(by: Staff) -> QuerySet[Staff]:
    """Everybody in the practice who may prepare, give or witness."""
    return Staff.objects.filter(practice=by.practice, is_active=True, role__in=CLINICAL)


def physicians(by: Staff) -> QuerySet[Staff]:
    """Those who may supervise."""
    return colleagues(by).filter(role=Role.PHYSICIAN)


def present_on(location: Location, on: date) -> QuerySet[Presence]:
    """Who was available at the location at any time of that day; a check-in without an end counts for its own day."""
    first, after = bounds(on)
    found = Presence.objects.filter(Q(since__gte=first) | Q(until__gte=first), location=location, since__lt=after)
    return found.select_related("clinician").order_by("since")
