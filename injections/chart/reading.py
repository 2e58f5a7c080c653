"""A visit's rows as one value: patient, place, services, earlier doses, signed doses and the draft in hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from injections import facts
from injections.chart.doses import signed_fact
from injections.chart.drafts import Drafted, read_draft
from injections.models import Administration, AdministrationDraft, Encounter, Practice, Service, Staff
from injections.models.columns import quantity_or_none

AnyDraft = AdministrationDraft | Drafted

GIVEN = (facts.Status.GIVEN.value, facts.Status.PARTLY.value)


def read_chart(
    encounter: Encounter,
    draft: AnyDraft | Iterable[AnyDraft] | None = None,
    *,
    by: Staff | None = None,
    now: datetime | None = None,
    with_errors: bool = False,
) -> facts.Encounter:
    """The visit as the checks and the rules see it: what is signed, and the drafts given as further doses.

    A draft that corrects a signed dose stands in its place. ``by`` and ``now`` are who would sign it and when.
    ``with_errors`` also shows what was entered in error.
    """
    drafts = [_read(one, by, now) for one in _several(draft)]
    replaced = {one.draft.corrects_id for one in drafts}
    rows = [row for row in current_doses(encounter, with_errors=with_errors) if row.pk not in replaced]
    doses = [signed_fact(row) for row in rows] + [one.fact for one in drafts]
    return facts.Encounter(
        id=str(encounter.pk),
        date=encounter.date,
        time_zone=encounter.practice.time_zone,
        patient=encounter.patient.as_fact(encounter.date),
        place_of_service=encounter.location.place_on(encounter.date) or None,
        state=encounter.location.told("state", encounter.date) or None,
        reason=encounter.reason or None,
        diagnoses=tuple(encounter.diagnoses),
        services=tuple(service.as_fact() for service in services(encounter)),
        counselled_by_physician=encounter.counselled_by_physician,
        administrations=tuple(doses),
        history=tuple(history(encounter)),
    )


def signed_encounter(encounter: Encounter) -> facts.Encounter:
    """The visit without anything that is still being charted: what a claim may rest on."""
    return read_chart(encounter)


def signed_since(moment: datetime) -> QuerySet[Encounter]:
    """The visits in which something was signed at or after the moment, oldest first."""
    signed = Administration.objects.filter(signatures__signed_at__gte=moment).values("encounter")
    return Encounter.objects.filter(pk__in=signed).order_by("pk")


def practices() -> list[int]:
    """The ids of all practices: whoever works through everybody's rows names them one after another."""
    return list(Practice.objects.order_by("pk").values_list("pk", flat=True))


def find_encounter(pk: int) -> Encounter:
    """The visit's row with what :func:`read_chart` needs of it. Raises ``Encounter.DoesNotExist``."""
    return Encounter.objects.select_related("patient", "location", "practice", "coverage").get(pk=pk)


def services(encounter: Encounter) -> QuerySet[Service]:
    return encounter.services.filter(withdrawn_at=None).select_related("clinician")


def current_doses(encounter: Encounter, *, with_errors: bool = False) -> Iterable[Administration]:
    """The signed doses that no later version replaced."""
    rows = encounter.administrations.filter(superseded_by=None)
    if not with_errors:
        rows = rows.exclude(status=facts.Status.ENTERED_IN_ERROR.value)
    return with_related(rows)


def with_related(rows: QuerySet[Administration]) -> QuerySet[Administration]:
    """With all that a fact is made of, in a handful of queries however many rows there are."""
    related = ("package", "lot", "presence", "prepared_by", "second_check_by", "discard_witness")
    order = ("order", "order__product", "order__ordered_by", "order__protocol")
    lists = ("product__codings", "product__packages", "signatures", "observations")
    return rows.select_related("product", *related, *order).prefetch_related(*(Prefetch(name) for name in lists))


def history(encounter: Encounter) -> Iterable[facts.PastDose]:
    """What the same patient was given at other visits up to that day, oldest first."""
    rows = Administration.objects.filter(
        encounter__patient_id=encounter.patient_id,
        encounter__date__lte=encounter.date,
        status__in=GIVEN,
        superseded_by=None,
    )
    rows = rows.exclude(encounter_id=encounter.pk).select_related("product", "encounter")
    for row in rows.order_by("encounter__date", "pk"):
        yield facts.PastDose(
            drug=row.product.key,
            given=row.encounter.date,
            dose=quantity_or_none(row.dose_amount, row.dose_unit),
            site=row.site or None,
            side=row.side or None,
            note=row.note,
        )


def _several(draft: AnyDraft | Iterable[AnyDraft] | None) -> list[AnyDraft]:
    if draft is None:
        return []
    return [draft] if isinstance(draft, AdministrationDraft | Drafted) else list(draft)


def _read(draft: AnyDraft, by: Staff | None, now: datetime | None) -> Drafted:
    return draft if isinstance(draft, Drafted) else read_draft(draft, by=by, now=now)
