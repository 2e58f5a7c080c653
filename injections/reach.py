"""Which rows somebody reaches inside their practice. The one filter behind every ``for_user``.

A model says by ``place`` and ``about`` how its rows lead to a location and to a patient. Three things decide:

- Somebody limited to locations reaches what happened there. Patients stay the whole practice's.
- Records under 42 CFR Part 2 are reached by the roles that treat, and by nobody else.
- Emergency access opens both for one patient, until it ends by itself or is ended.

All of it is asked in the same query as the rows, so that a limit holds from the next request on.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

Rows = TypeVar("Rows", bound=QuerySet[Any, Any])
#: the roles that treat; the others reach no record under Part 2
TREATING = frozenset({"nurse", "medical-assistant", "physician"})


def within(rows: Rows, user: Any) -> Rows:
    """The rows that this person reaches; nothing at all for somebody without a practice."""
    practice_id = getattr(user, "practice_id", None)
    if practice_id is None:
        return rows.none()
    mine = rows.filter(practice_id=practice_id)
    place, about = getattr(rows.model, "place", None), getattr(rows.model, "about", None)
    opened = Q(Exists(open_accesses(user.pk).filter(patient=OuterRef(about)))) if about else Q()
    if place:
        limits = _named("LocationLimit").filter(staff=user.pk)
        mine = mine.filter(~Exists(limits) | Exists(limits.filter(location=OuterRef(place))) | opened)
    if about and user.role not in TREATING:
        mine = mine.filter(~Exists(_protected().filter(patient=OuterRef(about))) | opened)
    return mine


def hidden(patients: Rows, user: Any) -> Rows:
    """Of these patients of the practice, those whom this person does not reach."""
    return patients.filter(practice_id=user.practice_id).exclude(pk__in=within(patients, user).values("pk"))


def opened_to(user: Any) -> list[Any]:
    """The emergency accesses that last, asked once for each request, whose user this is.

    With the record number as ``mrn``: to read the patient's row would count as a look at them.
    """
    if not hasattr(user, "_opened_to"):
        user._opened_to = list(open_accesses(user.pk).annotate(mrn=F("patient__mrn")))
    found: list[Any] = user._opened_to
    return found


def open_accesses(person_id: Any) -> QuerySet[Any]:
    """The emergency accesses of this person that last at this moment."""
    now = timezone.now()
    return _named("EmergencyAccess").filter(staff=person_id, since__lte=now, until__gt=now, end__isnull=True)


def _protected() -> QuerySet[Any]:
    return _named("Restriction").filter(kind="part-2", end__isnull=True)


def _named(model: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model("injections", model)._default_manager.all()
    return rows
