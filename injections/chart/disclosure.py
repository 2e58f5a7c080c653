"""Whether a visit may be told to a plan at all."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from injections.models import Encounter, Restriction


def kept_from_plan(encounter: Encounter | Any) -> bool:
    """Whether a restriction that stands on the date of service forbids telling the plan of this visit."""
    return Restriction.objects.on(encounter.date).filter(patient=encounter.patient_id).exists()


def kept_encounters(encounters: Any) -> set[int]:
    """The ids of those of these visits that no plan may be told of."""
    standing = Restriction.objects.standing().filter(patient=OuterRef("patient"), since__lte=OuterRef("date"))
    lasting = standing.filter(Q(until=None) | Q(until__gte=OuterRef("date")))
    return set(encounters.filter(Exists(lasting)).values_list("pk", flat=True))
