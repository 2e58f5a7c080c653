"""Appointments: booked, cancelled, or made on the spot for somebody who walked in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from injections.actions.errors import Refused
from injections.actions.once import kept_once
from injections.actions.rights import need
from injections.models import Appointment, Location, Order, Patient, Staff


@transaction.atomic
def book(
    *,
    patient: Patient,
    location: Location,
    starts_at: datetime,
    by: Staff,
    order: Order | None = None,
    room: str = "",
    walk_in: bool = False,
    submission_key: UUID | None = None,
) -> Appointment:
    """Expect a patient. Booking twice under one key makes one appointment."""
    need(by, "appointment.write", patient, location, order)
    if order is not None and order.patient_id != patient.pk:
        raise Refused("This order is for another patient")
    appointment = Appointment(
        practice_id=location.practice_id,
        location=location,
        patient=patient,
        order=order,
        starts_at=starts_at,
        room=room,
        walk_in=walk_in,
        submission_key=submission_key,
        created_by=by,
    )
    return kept_once(appointment)


def book_protected(*, mrn: str, birth_date: date, by: Staff, **said: Any) -> Appointment:
    """Expect somebody whose record this person may not see, by number and birth date; for no order.

    Raises :class:`Refused` when nobody here has both.
    """
    need(by, "appointment.protected")
    patient = Patient.objects.filter(practice=by.practice, mrn=mrn, birth_date=birth_date).first()
    if patient is None:
        raise Refused(
            "No patient has this record number and this birth date", errors={"mrn": "Check both and try again"}
        )
    return book(patient=patient, by=by, **said)


def walk_in(
    *,
    patient: Patient,
    location: Location,
    by: Staff,
    order: Order | None = None,
    submission_key: UUID | None = None,
    now: datetime | None = None,
) -> Appointment:
    """Somebody is here without an appointment: one that begins now."""
    return book(
        patient=patient,
        location=location,
        starts_at=now or timezone.now(),
        by=by,
        order=order,
        walk_in=True,
        submission_key=submission_key,
    )


@transaction.atomic
def cancel(*, appointment: Appointment, by: Staff, now: datetime | None = None) -> Appointment:
    """The patient does not come. Raises :class:`Refused` once the visit was opened."""
    need(by, "appointment.write", appointment)
    held = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if hasattr(held, "encounter"):
        raise Refused("The visit of this appointment was opened already")
    if held.cancelled_at is None:
        held.cancelled_at, held.cancelled_by = now or timezone.now(), by
        held.save(update_fields=["cancelled_at", "cancelled_by"])
    return held
