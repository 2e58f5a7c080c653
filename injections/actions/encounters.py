"""Visits: opened from an appointment or for somebody who walked in, and what is said about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from injections.actions import telling
from injections.actions.errors import Refused
from injections.actions.once import one_row
from injections.actions.rights import need, same_practice
from injections.models import Appointment, Coverage, Encounter, Location, Patient, Service, Staff


@transaction.atomic
def open_for(*, appointment: Appointment, by: Staff, now: datetime | None = None) -> Encounter:
    """The visit of this appointment, opened by whoever comes first.

    Its date is that of the appointment, or today for somebody who came before it.
    """
    need(by, "chart.write", appointment)
    booked = Appointment.objects.select_for_update(of=("self",)).select_related("practice").get(pk=appointment.pk)
    found = Encounter.objects.filter(appointment=booked).first()
    if found is not None:
        return found
    if booked.cancelled_at is not None:
        raise Refused("This appointment was cancelled")
    zone = booked.practice.zone
    day = min(booked.starts_at.astimezone(zone).date(), (now or timezone.now()).astimezone(zone).date())
    return _open(booked.patient, booked.location, day, by, appointment=booked)


@transaction.atomic
def open_walk_in(*, patient: Patient, location: Location, by: Staff, now: datetime | None = None) -> Encounter:
    """Today's visit of a patient without an appointment; the one that is open already, if there is one."""
    need(by, "chart.write", patient, location)
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    day = (now or timezone.now()).astimezone(location.practice.zone).date()
    open_today = Encounter.objects.filter(patient=patient, location=location, date=day, appointment=None)
    return open_today.first() or _open(patient, location, day, by)


def _open(
    patient: Patient, location: Location, day: date, by: Staff, appointment: Appointment | None = None
) -> Encounter:
    return Encounter.objects.create(
        practice_id=location.practice_id,
        patient=patient,
        location=location,
        appointment=appointment,
        date=day,
        coverage=_first_coverage(patient, day),
        opened_by=by,
    )


def _first_coverage(patient: Patient, day: date) -> Coverage | None:
    """The plan that is billed first on that day."""
    started = Q(since__isnull=True) | Q(since__lte=day)
    running = Q(until__isnull=True) | Q(until__gte=day)
    return patient.coverages.filter(started, running).order_by("rank").first()


@transaction.atomic
def add_service(
    *,
    encounter: Encounter,
    code: str,
    by: Staff,
    units: int = 1,
    modifiers: Iterable[str] = (),
    diagnoses: Iterable[str] = (),
    separately_identifiable: bool | None = None,
    clinician: Staff | None = None,
    submission_key: UUID | None = None,
) -> Service:
    """Another service of the day, as its practitioner reports it. Raises :class:`Refused` when it is there already."""
    need(by, "chart.write", encounter)
    same_practice(by, clinician)
    try:
        with one_row():
            service = Service.objects.create(
                practice_id=encounter.practice_id,
                encounter=encounter,
                code=code,
                units=units,
                modifiers=list(modifiers),
                diagnoses=list(diagnoses),
                separately_identifiable=separately_identifiable,
                clinician=clinician,
                recorded_by=by,
                submission_key=submission_key,
            )
    except IntegrityError:
        raise Refused(f"{code} is recorded for this visit already") from None
    telling.amended(encounter, by)
    return service


@transaction.atomic
def withdraw_service(*, service: Service, by: Staff, now: datetime | None = None) -> Service:
    """It was not done after all. The row stays, with who withdrew it."""
    need(by, "chart.write", service)
    held = Service.objects.select_for_update(of=("self",)).select_related("encounter").get(pk=service.pk)
    if held.withdrawn_at is None:
        held.withdrawn_at, held.withdrawn_by = now or timezone.now(), by
        held.save(update_fields=["withdrawn_at", "withdrawn_by"])
        telling.amended(held.encounter, by)
    return held


@transaction.atomic
def set_coverage(*, encounter: Encounter, coverage: Coverage | None, by: Staff) -> Encounter:
    """Which plan this visit is billed to."""
    same_practice(by, encounter, coverage)
    if coverage is not None and coverage.patient_id != encounter.patient_id:
        raise Refused("This plan is another patient's")
    return _change(encounter, by, coverage_id=coverage.pk if coverage else None)


@transaction.atomic
def set_diagnoses(*, encounter: Encounter, diagnoses: Iterable[str], by: Staff, reason: str | None = None) -> Encounter:
    """Why the patient was here, for the whole visit. A dose that states its own keeps them."""
    need(by, "chart.write", encounter)
    changes: dict[str, object] = {"diagnoses": list(diagnoses)}
    return _change(encounter, by, **changes if reason is None else {**changes, "reason": reason})


@transaction.atomic
def set_counselling(*, encounter: Encounter, counselled_by_physician: bool | None, by: Staff) -> Encounter:
    """Whether a practitioner counselled about a vaccine."""
    need(by, "chart.write", encounter)
    return _change(encounter, by, counselled_by_physician=counselled_by_physician)


def _change(encounter: Encounter, by: Staff, **columns: object) -> Encounter:
    held = Encounter.objects.select_for_update(of=("self",)).select_related("practice").get(pk=encounter.pk)
    if all(getattr(held, name) == value for name, value in columns.items()):
        return held
    for name, value in columns.items():
        setattr(held, name, value)
    held.save(update_fields=[name.removesuffix("_id") for name in columns])
    telling.amended(held, by)
    return held
