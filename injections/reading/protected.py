"""Who is expected although the reader does not see their record: name, time and place, not what it is about."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from injections import reach
from injections.models import Appointment, Location, Patient
from injections.reading.day import bounds

MOST = 100


def expected(by: Any) -> QuerySet[Appointment]:
    """Today's and later visits of protected patients at this person's locations, the first one first."""
    return upcoming(by)[:MOST]


def upcoming(by: Any) -> QuerySet[Appointment]:
    """All of them, to look one up."""
    first, _ = bounds(timezone.localdate())
    rows = Appointment.objects.filter(
        practice_id=by.practice_id, starts_at__gte=first, cancelled_at=None, location__in=Location.objects.for_user(by)
    )
    closed = reach.hidden(Patient.objects.all(), by)
    return rows.filter(patient__in=closed).select_related("patient", "location").order_by("starts_at", "pk")


def expected_today(by: Any) -> int:
    """How many of them come today."""
    first, after = bounds(timezone.localdate())
    rows = Appointment.objects.filter(
        practice_id=by.practice_id, starts_at__gte=first, starts_at__lt=after, cancelled_at=None
    )
    return rows.filter(patient__in=reach.hidden(Patient.objects.all(), by)).count()
