"""What stands on every page about access: an emergency that is open, and what is kept back of a patient."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import template
from django.utils import timezone

from injections import reach
from injections.models import EmergencyAccess, Patient, Restriction, SparedSide
from injections.policy import may
from injections.reading import protected

register = template.Library()

LATELY = timedelta(hours=24)


@register.inclusion_tag("injections/emergency/_notices.html")
def emergency_notices(person: Any) -> dict[str, Any]:
    """Theirs that are open; for whoever watches over it, how often anybody's was used in the last day."""
    now = timezone.now()
    everybody = EmergencyAccess.objects.for_user(person).filter(since__gt=now - LATELY)
    return {
        "open": reach.opened_to(person),
        "used_lately": everybody.count() if may(person, "emergency.see") else 0,
    }


@register.simple_tag
def kept_back(patient: Patient) -> list[str]:
    """The words on the banner: each kind once."""
    standing = Restriction.objects.standing().filter(patient=patient.pk)
    return list(dict.fromkeys(restriction.badge for restriction in standing))


@register.simple_tag
def sides_to_spare(patient: Patient) -> list[str]:
    """The words on the banner: "Avoid left arm: mastectomy"."""
    return [str(spared) for spared in SparedSide.objects.standing().filter(patient=patient.pk)]


@register.inclusion_tag("injections/appointment/_protected.html")
def protected_visits(person: Any) -> dict[str, Any]:
    """For the front desk: how many come today whom the list leaves out."""
    return {"count": protected.expected_today(person) if may(person, "appointment.protected") else 0}
