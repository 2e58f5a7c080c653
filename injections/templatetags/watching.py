"""What the card of a signed dose says about the wait after it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from injections.chart.afterwards import reaction_of
from injections.chart.reading import GIVEN
from injections.chart.waiting import waiting_of
from injections.models import Administration
from injections.reading.chips import waiting_chip

register = template.Library()


@register.inclusion_tag("injections/observation/_waiting.html")
def waiting(dose: Administration, writes: bool) -> dict[str, Any]:
    waits = waiting_of(dose) if dose.status in GIVEN else None
    seen = max(dose.observations.all(), key=lambda one: one.pk, default=None)
    now = timezone.now()
    return {
        "dose": dose,
        "given": dose.status in GIVEN,
        "waits": waits,
        "seen": seen,
        "chip": waiting_chip(waits, now) if waits else None,
        "writes": writes,
        "reaction": reaction_of(dose),
    }
